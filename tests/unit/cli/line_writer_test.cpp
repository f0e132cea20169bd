#include "emulator/cli/line_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <string>

namespace msc {
namespace {

using ::testing::HasSubstr;

class LineWriterTest : public ::testing::Test {
 protected:
  ~LineWriterTest() override { ::close(pipe_[0]); }

  // Ends the writer, and returns all that it wrote.
  std::string ReadAll() {
    writer_.reset();
    ::close(pipe_[1]);
    std::string text;
    std::array<char, 64 * 1024> buffer;
    for (ssize_t count = 1; count > 0;) {
      count = ::read(pipe_[0], buffer.data(), buffer.size());
      if (count > 0) text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return text;
  }

  static std::array<int, 2> NewPipe() {
    std::array<int, 2> pipe{};
    EXPECT_EQ(::pipe(pipe.data()), 0);
    return pipe;
  }

  const std::array<int, 2> pipe_ = NewPipe();
  std::unique_ptr<LineWriter> writer_ = std::make_unique<LineWriter>(pipe_[1]);
};

TEST_F(LineWriterTest, WritesLinesInTheirOrder) {
  for (const char* line : {"one", "two\n  more of it", "three"}) writer_->Write(line);

  EXPECT_EQ(ReadAll(), "one\ntwo\n  more of it\nthree\n");
}

TEST_F(LineWriterTest, HasWrittenEverythingAfterAFlush) {
  writer_->Write("one");

  writer_->flush();

  std::array<char, 16> buffer{};
  EXPECT_EQ(::read(pipe_[0], buffer.data(), buffer.size()), 4);
  EXPECT_EQ(std::string(buffer.data()), "one\n");
}

// Nobody reads the pipe: neither Write nor the end may wait for that.
TEST_F(LineWriterTest, DropsLinesAndCountsThemIfNobodyReads) {
  for (int i = 0; i < 30'000; ++i) writer_->Write(std::string(100, 'x'));

  EXPECT_THAT(ReadAll(), HasSubstr("xxx\n"));
}

TEST_F(LineWriterTest, SaysHowManyLinesAreMissing) {
  writer_->Write(std::string(2 * 1024 * 1024, 'x'));
  writer_->Write("short");

  EXPECT_EQ(ReadAll(), "short\nlines missing here, because nobody read the log in time: 1\n");
}

}  // namespace
}  // namespace msc
