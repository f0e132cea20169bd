#include "emulator/control/json/json_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace msc::control {
namespace {

using ::testing::HasSubstr;

// What a reader says in the end; empty: nothing is wrong.
std::string Complaint(JsonReader& reader) {
  const auto done = reader.Done();
  return done ? "" : done.error().message;
}

TEST(JsonReader, TakesWhatIsThere) {
  const Json json = {{"text", "a"}, {"number", 7}, {"flag", true}, {"texts", {"b", "c"}}};
  JsonReader reader(json);

  EXPECT_EQ(reader.Text("text"), "a");
  EXPECT_EQ(reader.Integer("number", 0, 10), 7);
  EXPECT_EQ(reader.Flag("flag"), true);
  EXPECT_EQ(reader.Texts("texts"), (std::vector<std::string>{"b", "c"}));
  EXPECT_EQ(reader.Text("absent"), std::nullopt);
  EXPECT_EQ(Complaint(reader), "");
}

TEST(JsonReader, NamesAnUnknownMemberAndTheKnownOnes) {
  const Json json = {{"known", 1}, {"other", 2}};
  JsonReader reader(json, "match");
  reader.Integer("known", 0, 10);
  reader.Text("absent");

  EXPECT_EQ(Complaint(reader), "unknown member match.other; known are known, absent");
}

TEST(JsonReader, NamesTheNearestOfAMisspeltMember) {
  const Json json = {{"opertion", "GetKey"}};
  JsonReader reader(json);
  reader.Text("operation");

  EXPECT_EQ(Complaint(reader),
            "unknown member opertion; known are operation; did you mean \"operation\"?");
}

TEST(JsonReader, BlamesAMissingMemberOnTheUnknownOne) {
  const Json json = {{"acton", 1}};
  JsonReader reader(json);
  if (reader.Object("action") == nullptr) reader.Refuse("action", "an object");

  EXPECT_THAT(Complaint(reader), HasSubstr("unknown member acton; known are action"));
}

TEST(JsonReader, NamesTheNearestOfAMisspeltValue) {
  const Json json = {{"state", "Complete"}};
  JsonReader reader(json);
  reader.Refuse("state", "Pending or Completed", {"Pending", "Completed"});

  EXPECT_THAT(Complaint(reader), HasSubstr("; did you mean \"Completed\"?"));
}

TEST(JsonReader, SaysTheFirstThingThatIsWrong) {
  const Json json = {{"a", "x"}, {"b", "y"}};
  JsonReader reader(json);
  reader.Integer("a", 0, 1);
  reader.Integer("b", 0, 1);

  EXPECT_THAT(Complaint(reader), HasSubstr("a: \"x\" is not allowed"));
}

TEST(JsonReader, TakesWholeNumbersInWhateverForm) {
  for (const auto* text : {"5", "5.0", "5e0"}) {
    const Json json = {{"n", Json::parse(text)}};
    JsonReader reader(json);
    EXPECT_EQ(reader.Integer("n", 0, 10), 5) << text;
  }
}

TEST(JsonReader, RefusesNumbersOutsideTheRange) {
  for (const auto* text : {"-1", "11", "5.5", "1e300", "18446744073709551615", "-1e300", "\"5\""}) {
    const Json json = {{"n", Json::parse(text)}};
    JsonReader reader(json);
    EXPECT_EQ(reader.Integer("n", 0, 10), std::nullopt) << text;
    EXPECT_THAT(Complaint(reader), HasSubstr("from 0 to 10"));
  }
}

TEST(JsonReader, QuotesALongValueShortened) {
  const Json json = {{"n", std::string(1000, 'x')}};
  JsonReader reader(json);
  reader.Integer("n", 0, 10);

  EXPECT_LT(Complaint(reader).size(), 200u);
}

}  // namespace
}  // namespace msc::control
