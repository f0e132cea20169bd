#include <msc/emulator.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>

using namespace std::chrono_literals;

// A minimal user's program: starts an emulator and asks for its address.
int main() {
  const msc::Emulator emulator({.port = 0, .processing_time = 5s, .random_seed = 42});

  const bool found = emulator.Url().starts_with("http://127.0.0.1:") &&
                     emulator.BlobUrl() == emulator.Url() + "/devstoreaccount1";
  std::cout << emulator.Url() << ' ' << emulator.BlobUrl() << '\n';
  return found ? EXIT_SUCCESS : EXIT_FAILURE;
}
