#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "tests/unit/videos/videos_fixture.h"

namespace msc::videos {
namespace {

using namespace std::chrono_literals;

class LifecycleTest : public VideosFixture {
 protected:
  LifecycleTest() : VideosFixture({.processing_time = 5s}) {}
};

class GetStatusLifecycle : public LifecycleTest {};

TEST_F(GetStatusLifecycle, IsPendingBeforeMarkComplete) {
  EXPECT_EQ(
      Get(Path(CreateId(), "Status")).body,
      R"({"StatusCode":0,"Status":"Pending","Message":"Video has not been marked complete."})");
}

TEST_F(GetStatusLifecycle, IsCompletedWhenTheProcessingTimeIsOver) {
  const auto id = CreateId();
  MarkComplete(id);

  clock_.Advance(4999ms);
  EXPECT_EQ(StateOf(id), "Processing");

  clock_.Advance(1ms);
  EXPECT_EQ(StateOf(id), "Completed");
}

class MarkCompleteLifecycle : public LifecycleTest {};

TEST_F(MarkCompleteLifecycle, MarkCompleteAnswersWithoutBodyOrType) {
  const auto response = MarkComplete(CreateId());

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(http::Find(response.headers, "Content-Length"), "0");
  EXPECT_FALSE(http::Find(response.headers, "Content-Type"));
}

TEST_F(MarkCompleteLifecycle, MarkCompleteTakesTheUploadUrlAway) {
  const auto id = CreateId();

  MarkComplete(id);

  EXPECT_TRUE(Retrieve(id).at("UploadUri").is_null());
}

TEST_F(MarkCompleteLifecycle, TheUploadUrlIsDeadAfterMarkComplete) {
  const auto video = Create();
  const auto uri = video.at("UploadUri").get<std::string>();
  ASSERT_EQ(Upload(uri, "bytes"), 201);

  MarkComplete(video.at("Id").get<std::string>());

  EXPECT_EQ(Upload(uri, "other bytes"), 403);
}

TEST_F(MarkCompleteLifecycle, ASecondMarkCompleteHasNoEffect) {
  const auto id = CreateId();
  MarkComplete(id);
  clock_.Advance(4s);

  EXPECT_EQ(MarkComplete(id).status, 200);

  clock_.Advance(1s);
  EXPECT_EQ(StateOf(id), "Completed");
}

class DeleteVideoLifecycle : public LifecycleTest {};

TEST_F(DeleteVideoLifecycle, DeleteTakesTheVideoItsBlobsAndItsKey) {
  const auto video = Create(kProtectedFile);
  const auto id = video.at("Id").get<std::string>();
  const auto uri = video.at("UploadUri").get<std::string>();
  ASSERT_EQ(Upload(uri, "bytes"), 201);

  EXPECT_EQ(Send(http::Method::kDelete, Path(id)).status, 204);

  EXPECT_EQ(Get(Path(id)).status, 404);
  EXPECT_NE(Upload(uri, "bytes"), 201);
  EXPECT_FALSE(keys_.FindKey(video.at("ContentProtectionKeyId").get<std::string>()));
}

TEST_F(DeleteVideoLifecycle, ASecondDeleteFindsNothing) {
  const auto id = CreateId();
  Send(http::Method::kDelete, Path(id));

  EXPECT_EQ(Send(http::Method::kDelete, Path(id)).status, 404);
}

TEST_F(DeleteVideoLifecycle, DeletesAVideoWhoseContainerIsGone) {
  const auto video = Create();
  const auto uri = video.at("UploadUri").get<std::string>();
  const auto container = uri.substr(uri.find("asset-"), 42);
  ASSERT_TRUE(DeleteContainer(container));

  EXPECT_EQ(Send(http::Method::kDelete, Path(video.at("Id").get<std::string>())).status, 204);
}

TEST_F(GetStatusLifecycle, TwoClientsSeeOneOrderOfStates) {
  const auto id = CreateId();
  const auto watch = [&](bool& in_order) {
    for (int last = 0; last < 2;) {
      const int now =
          nlohmann::json::parse(Get(Path(id, "Status")).body).at("StatusCode").get<int>();
      in_order = in_order && now >= last;
      last = now;
    }
  };
  bool first_in_order = true;
  bool second_in_order = true;
  std::thread first(watch, std::ref(first_in_order));
  std::thread second(watch, std::ref(second_in_order));

  std::thread marks([&] { MarkComplete(id); });
  MarkComplete(id);
  marks.join();
  clock_.Advance(5s);
  first.join();
  second.join();

  EXPECT_TRUE(first_in_order && second_in_order);
}

TEST_F(DeleteVideoLifecycle, OneOfManySimultaneousDeletesSucceeds) {
  const auto id = CreateId();
  std::atomic<int> deleted = 0;
  std::vector<std::thread> clients(8);

  for (auto& client : clients) {
    client = std::thread([&] {
      if (Send(http::Method::kDelete, Path(id)).status == 204) ++deleted;
    });
  }
  for (auto& client : clients) client.join();

  EXPECT_EQ(deleted, 1);
}

class StrictMarkCompleteTest : public VideosFixture {
 protected:
  StrictMarkCompleteTest() : VideosFixture({.strict = true}) {}
};

TEST_F(StrictMarkCompleteTest, RefusesMarkCompleteOfAVideoWithoutUpload) {
  const auto id = CreateId();

  EXPECT_EQ(MarkComplete(id).status, 409);

  EXPECT_EQ(StateOf(id), "Pending");
  EXPECT_EQ(Upload(Retrieve(id).at("UploadUri").get<std::string>(), "bytes"), 201);
}

TEST_F(StrictMarkCompleteTest, TakesMarkCompleteOfAnUploadedVideo) {
  const auto video = Create();
  Upload(video.at("UploadUri").get<std::string>(), "bytes");

  EXPECT_EQ(MarkComplete(video.at("Id").get<std::string>()).status, 200);
}

class ReadOnlyLifecycleTest : public VideosFixture {
 protected:
  ReadOnlyLifecycleTest() : VideosFixture({.upload_permissions = "r"}) {}
};

TEST_F(ReadOnlyLifecycleTest, UploadsNeedThePermissionOfThePolicy) {
  EXPECT_EQ(Upload(Create().at("UploadUri").get<std::string>(), "bytes"), 404);
}

}  // namespace
}  // namespace msc::videos
