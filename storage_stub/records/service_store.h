#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/base/log.h"
#include "emulator/base/mutex.h"
#include "emulator/sqlite/database.h"
#include "storage_stub/model/account.h"
#include "storage_stub/model/cors_rule.h"
#include "storage_stub/model/service_properties.h"
#include "storage_stub/records/history_settings.h"

namespace msc::storage {

// The properties of the blob service of each account. Thread-safe. REQUIRES: `database` outlives
// the store.
class ServiceStore {
 public:
  // A stored section that is invalid is logged and counts as never set.
  // `default_cors`: the section of the CORS rules, for accounts for which none was set. `history`
  // is told what the properties say about it, and outlives the store.
  ServiceStore(sqlite::Database& database, const std::vector<Account>& accounts,
               std::string default_cors, HistorySettings& history, const Log& log);

  // The sections that were set, and those whose defaults depend on how the program was started.
  ServiceSections Sections(std::string_view account) const;

  // Replaces the sections with the same names.
  void Set(std::string_view account, const ServiceSections& sections);

  // To be called in the transaction that replaced all records.
  void Reload(sqlite::Transaction& transaction);

  // The CORS rules that apply; for an unknown account, the default ones.
  std::shared_ptr<const CorsRules> Rules(std::string_view account) const;

 private:
  ServiceSections WithDefaults(ServiceSections sections) const;
  ServiceSections Valid(ServiceSections sections) const;
  // Also tells the history.
  std::shared_ptr<const CorsRules> SelectRules(sqlite::Transaction& transaction,
                                               const std::string& account);

  sqlite::Database& database_;
  const std::string default_cors_;
  HistorySettings& history_;
  mutable Mutex mutex_;
  std::map<std::string, std::shared_ptr<const CorsRules>, std::less<>> rules_
      MSC_GUARDED_BY(mutex_);  // By account.
  const std::shared_ptr<const CorsRules> default_rules_;
};

}  // namespace msc::storage
