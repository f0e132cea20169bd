#include <msc/storage_stub.h>

#include <cstdlib>
#include <iostream>

// The blob endpoint alone, without the rest of the emulator.
int main() {
  msc::StorageStub stub({.account = "consumer"});
  stub.CreateContainer("videos");
  stub.SetPolicy("videos", "upload", "rw");

  const auto url = stub.SignedUrl("videos", "a.mp4", "upload");
  std::cout << url << '\n';
  return url.starts_with(stub.Url() + "/videos/a.mp4?") ? EXIT_SUCCESS : EXIT_FAILURE;
}
