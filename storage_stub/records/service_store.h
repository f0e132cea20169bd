#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/mutex.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/model/account.h"
#include "storage_stub/model/cors_rule.h"
#include "storage_stub/model/service_properties.h"

namespace msc::storage {

// The properties of the blob service of each account. Thread-safe. REQUIRES: `database` outlives
// the store.
class ServiceStore {
 public:
  // Throws std::runtime_error where what is stored cannot be read.
  ServiceStore(sqlite::Database& database, const std::vector<Account>& accounts);

  // Those that were set; the others are as they came.
  ServiceSections Sections(std::string_view account) const;

  // Puts these in the place of those of the same name.
  void Set(std::string_view account, const ServiceSections& sections);

  // Takes note, in the transaction that did so, of records that were replaced as a whole.
  void Reload(sqlite::Transaction& transaction);

  // The cross-origin rules in force; for what is no account, those that accounts begin with.
  std::shared_ptr<const CorsRules> Rules(std::string_view account) const;

 private:
  sqlite::Database& database_;
  mutable Mutex mutex_;
  std::map<std::string, std::shared_ptr<const CorsRules>, std::less<>> rules_
      MSC_GUARDED_BY(mutex_);  // By account.
  const std::shared_ptr<const CorsRules> default_rules_;
};

}  // namespace msc::storage
