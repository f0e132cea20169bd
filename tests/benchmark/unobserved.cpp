// The Videos API without the control plane: no journal, no faults, no clock to move. Prints its URL
// and serves until it is killed. Used to measure what the control plane costs.
//
//   unobserved
#include <pthread.h>
#include <signal.h>

#include <cstdlib>
#include <exception>
#include <iostream>

#include "emulator/base/clock.h"
#include "emulator/base/encoding.h"
#include "emulator/base/random.h"
#include "emulator/http/server.h"
#include "emulator/keys/key_service.h"
#include "emulator/sqlite/database.h"
#include "emulator/videos/video_service.h"
#include "storage_stub/blob_service.h"
#include "storage_stub/model/development_account.h"

int main() try {
  sigset_t end_signals;
  sigemptyset(&end_signals);
  sigaddset(&end_signals, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &end_signals, nullptr);

  const msc::Clock clock;
  msc::Random random;
  const msc::storage::Account account{"devstoreaccount1",
                                      {*msc::Base64Decode(msc::storage::kDevelopmentKey)}};
  msc::sqlite::Database database("");
  msc::storage::BlobService blobs({.accounts = {account}}, database, clock, random);
  msc::keys::KeyService keys(database, clock, random);
  msc::videos::VideoService videos({}, database, clock, random, blobs, keys);
  msc::http::BoundPort port({"127.0.0.1"}, 0);
  std::cout << "http://127.0.0.1:" << port.port() << std::endl;
  std::vector<msc::http::Service> services;
  services.push_back({std::move(port), [&videos](msc::http::Request& request) {
                        return videos.router().Dispatch(request);
                      }});
  const msc::http::Server server(std::move(services));

  int signal = 0;
  ::sigwait(&end_signals, &signal);
  return EXIT_SUCCESS;
} catch (const std::exception& error) {
  std::cerr << "unobserved: " << error.what() << '\n';
  return EXIT_FAILURE;
}
