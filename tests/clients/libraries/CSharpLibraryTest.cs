// Every method of fixtures/examples/csharp/MscEmulator.cs once; the cases are those of test_python_library.py.
using System;
using System.Linq;
using System.Net.Http;
using Msc;

public static class CSharpLibraryTest
{
    private const string Noon = "2024-06-30T12:00:00.000Z";
    private static readonly HttpClient Client = new HttpClient();

    private static HttpResponseMessage Get(string url) { return Client.GetAsync(url).Result; }

    private static void TheClock(MscEmulator emulator)
    {
        var clock = emulator.Clock;
        Check.Equal(Noon, (string)clock.Get()["currentInstant"]);
        Check.Equal("2024-06-30T12:01:00.000Z", (string)clock.Advance(TimeSpan.FromMinutes(1))["currentInstant"]);
        var video = emulator.Videos.Add(new { OriginalFileName = "a.mp4", state = "Processing" });
        Check.Equal((string)video["Id"], (string)clock.AdvanceToNext()["fired"].Items[0]["videoId"]);
        Check.Equal("scaled", (string)clock.Scale(60)["mode"]);
        var instant = new DateTimeOffset(2030, 1, 1, 2, 0, 0, TimeSpan.FromHours(2));
        Check.Equal("2030-01-01T00:00:00.000Z", (string)clock.Freeze(instant)["currentInstant"]);
        Check.Equal("frozen", (string)clock.Freeze()["mode"]);
        Check.Equal(Noon, (string)clock.Reset()["currentInstant"]);
    }

    private static void Faults(MscEmulator emulator)
    {
        var fault = emulator.Faults.Add(new { match = new { operation = "GetFormats" }, action = new { status = 503 } });
        Check.Equal(503, (int)Get(emulator.Url + "/api/Formats").StatusCode);
        Check.Equal(1, (int)emulator.Faults.Get((long)fault["id"])["fired"]);
        Check.Equal(1, emulator.Faults.List().Count);
        emulator.Faults.Remove((long)fault["id"]);
        emulator.Faults.Add(new { action = new { fixedDelayMilliseconds = 1 } });
        emulator.Faults.Clear();
        Check.Equal(0, emulator.Faults.List().Count);
    }

    private static void Requests(MscEmulator emulator)
    {
        Get(emulator.Url + "/api/Formats");
        Get(emulator.Url + "/api/Format");
        var requests = emulator.Requests;
        Check.Equal(1, requests.Wait(new { operation = "GetFormats" }));
        Check.Equal(2, requests.Count(new { }));
        var first = requests.Find(new { operation = "GetFormats" })[0];
        Check.Equal(true, ((string)requests.Get((long)first["id"])["response"]["body"]).Contains("\"Extension\""));
        Check.Equal("/api/Formats", (string)requests.Unmatched()[0]["nearest"]["path"]);
        Check.Equal(true, ((string)requests.Explain(2)["because"].Items[0]).Contains("no route"));
        Check.Equal(1, (int)requests.List(since: "0", limit: 1).Single()["id"]);
        Check.Equal(2, (int)requests.List(unmatched: true).Single()["id"]);
        requests.Clear();
        Check.Equal(0, requests.List().Count);
    }

    private static void AWaitThatEndsWithoutSuccessShowsWhatThereIs(MscEmulator emulator)
    {
        Get(emulator.Url + "/api/Formats");
        var error = Check.Throws<WaitTimeoutException>(
            () => emulator.Requests.Wait(new { operation = "GetVideo" }, 2, TimeSpan.Zero), "GetFormats");
        Check.Equal(0, (int)error.Answer["count"]);
        var id = (string)emulator.Videos.Add(new { OriginalFileName = "a.mp4" })["Id"];
        Check.Throws<WaitTimeoutException>(() => emulator.Videos.Wait(id, "Completed", TimeSpan.Zero), "Pending");
    }

    private static void Videos(MscEmulator emulator)
    {
        var videos = emulator.Videos;
        var id = (string)videos.Add(new { OriginalFileName = "a.mp4", state = "Processing" })["Id"];
        Check.Equal("Processing", (string)videos.Get(id)["state"]);
        Check.Equal(id, (string)videos.Wait(id, "Processing")["Id"]);
        var failed = videos.SetState(id, "Failed", 5, "too \"long\" \u00e9");
        Check.Equal("{\"code\":5,\"reason\":\"too \\\"long\\\" \u00e9\"}", failed["failure"].ToString());
        videos.SetState(id, "Processing");
        videos.SetProgram(id, new { state = "Processing", polls = 1 }, new { state = "Completed" });
        Get(emulator.Url + "/api/Videos/" + id + "/Status");
        var status = Get(emulator.Url + "/api/Videos/" + id + "/Status").Content.ReadAsStringAsync().Result;
        Check.Equal("Completed", (string)Json.Parse(status)["Status"]);
        var other = videos.Add(new { OriginalFileName = "b.mp4" });
        Check.Equal(id, (string)videos.List(limit: 1).Single()["Id"]);
        Check.Equal((string)other["Id"], (string)videos.List(after: id).Single()["Id"]);
        videos.Delete(id);
        Check.Throws<EmulatorException>(() => videos.Get(id), "no video " + id);
    }

    private static void TheProgramOfLaterVideos(MscEmulator emulator)
    {
        Check.Equal(3, (int)emulator.Transitions.Set(new { progression = "polls", times = 3 })["times"]);
        Check.Equal("polls", (string)emulator.Transitions.Get()["progression"]);
        Check.Equal("time", (string)emulator.Transitions.Reset()["progression"]);
    }

    private static void SnapshotsAndReset(MscEmulator emulator)
    {
        emulator.Videos.Add(new { OriginalFileName = "a.mp4" });
        emulator.Snapshots.Take("one video");
        emulator.Reset("clock");
        Check.Equal(0, emulator.Videos.List().Count);
        emulator.Snapshots.Restore("one video");
        Check.Equal(1, emulator.Videos.List().Count);
        Check.Equal("one video", emulator.Snapshots.List().Single());
        emulator.Snapshots.Delete("one video");
        Check.Equal(0, emulator.Snapshots.List().Count);
    }

    private static void WhatTheEmulatorSaysOfItself(MscEmulator emulator)
    {
        Check.Equal(0, emulator.Diagnostics().Count);
        Check.Equal(true, (bool)emulator.Config()["strict"]);
        Check.Equal(emulator.Url + "/devstoreaccount1", emulator.BlobUrl);
        Check.Equal(emulator.Url + "/__admin", emulator.AdminUrl);
    }

    private static void ItStopsOnceAndThenNoLongerAnswers(MscEmulator emulator)
    {
        emulator.Stop();
        emulator.Stop();
        Check.Throws<EmulatorException>(() => emulator.Videos.List(), "no emulator answers at");
    }

    private static void FlagsCountMoreThanTheDefaults()
    {
        using (var emulator = MscEmulator.Start("--loose", "--clock", "frozen=2030-01-01T00:00:00Z"))
            Check.Equal("2030-01-01T00:00:00.000Z", (string)emulator.Clock.Get()["currentInstant"]);
        Check.Throws<EmulatorException>(() => MscEmulator.Start("--clock", "never"), "exit code 2");
    }

    private static void AProgramThatIsNotThereIsAnErrorThatSaysWhatToDo()
    {
        var program = Environment.GetEnvironmentVariable("MSC_EMULATOR");
        Environment.SetEnvironmentVariable("MSC_EMULATOR", "/nowhere/msc-emulator");
        var error = Check.Throws<EmulatorException>(() => MscEmulator.Start(), "MSC_EMULATOR is '/nowhere/msc-emulator'");
        Check.Equal(true, error.Message.Contains("PATH"));
        Environment.SetEnvironmentVariable("MSC_EMULATOR", program);
    }

    public static void Main()
    {
        var tests = new Action<MscEmulator>[] {
            TheClock, Faults, Requests, AWaitThatEndsWithoutSuccessShowsWhatThereIs, Videos, TheProgramOfLaterVideos,
            SnapshotsAndReset, WhatTheEmulatorSaysOfItself, ItStopsOnceAndThenNoLongerAnswers };
        foreach (var test in tests)
        {
            Console.WriteLine(test.Method.Name);
            using (var emulator = MscEmulator.Start()) test(emulator);
        }
        FlagsCountMoreThanTheDefaults();
        AProgramThatIsNotThereIsAnErrorThatSaysWhatToDo();
    }
}

public static class Check
{
    public static void Equal<T>(T expected, T actual)
    {
        if (!Equals(expected, actual)) throw new Exception("expected " + expected + ", but it is " + actual);
    }

    public static TError Throws<TError>(Action action, string part) where TError : Exception
    {
        try { action(); }
        catch (TError error)
        {
            Equal(true, error.Message.Contains(part));
            return error;
        }
        throw new Exception("no " + typeof(TError).Name);
    }
}
