#include "storage_stub/records/service_store.h"

#include <utility>

#include "emulator/base/quoted.h"
#include "storage_stub/model/service_properties.h"

namespace msc::storage {
namespace {

constexpr std::string_view kSelectServiceProperties = R"sql(
  SELECT name, xml FROM service_property WHERE account = :account
)sql";

constexpr std::string_view kReplaceServiceProperties = R"sql(
  REPLACE INTO service_property (account, name, xml) VALUES (:account, :name, :xml)
)sql";

ServiceSections SelectSections(sqlite::Transaction& transaction, std::string_view account) {
  auto select = transaction.Prepare(kSelectServiceProperties);
  select.Bind(":account", account);
  ServiceSections sections;
  while (select.Step()) sections.emplace(select.Text(0), select.Text(1));
  return sections;
}

// Removes the sections that are invalid and returns their names: they have their defaults then.
std::vector<std::string> DropInvalid(ServiceSections& sections) {
  std::vector<std::string> dropped;
  for (auto section = sections.begin(); section != sections.end();) {
    if (IsServiceSection(section->first, section->second)) {
      ++section;
    } else {
      dropped.push_back(section->first);
      section = sections.erase(section);
    }
  }
  return dropped;
}

}  // namespace

ServiceStore::ServiceStore(sqlite::Database& database, const std::vector<Account>& accounts,
                           std::string default_cors, HistorySettings& history, const Log& log)
    : database_(database),
      default_cors_(std::move(default_cors)),
      history_(history),
      default_rules_(std::make_shared<CorsRules>(CorsRulesOf(WithDefaults({})))) {
  auto transaction = database_.Read();
  for (const auto& account : accounts) {
    auto sections = SelectSections(transaction, account.name);
    for (const auto& name : DropInvalid(sections)) {
      log(LogLevel::kError, "table service_property, key account='" + account.name + "', name=" +
                                Quoted(name) + ": the section is invalid and counts as never set");
    }
    sections = WithDefaults(std::move(sections));
    history_.SetDeleted(account.name, KeptDeleted(sections));
    rules_[account.name] = std::make_shared<CorsRules>(CorsRulesOf(sections));
  }
}

// The sections with CORS rules and the one about deletion: the default ones, if none were set.
ServiceSections ServiceStore::WithDefaults(ServiceSections sections) const {
  sections.emplace(kCorsSection, default_cors_);
  sections.emplace(kDeletionSection, DeletionSection(history_.defaults().deleted));
  return sections;
}

// The same without those that are invalid.
ServiceSections ServiceStore::Valid(ServiceSections sections) const {
  (void)DropInvalid(sections);
  return WithDefaults(std::move(sections));
}

std::shared_ptr<const CorsRules> ServiceStore::SelectRules(sqlite::Transaction& transaction,
                                                           const std::string& account) {
  const auto sections = Valid(SelectSections(transaction, account));
  history_.SetDeleted(account, KeptDeleted(sections));
  return std::make_shared<CorsRules>(CorsRulesOf(sections));
}

ServiceSections ServiceStore::Sections(std::string_view account) const {
  auto transaction = database_.Read();
  return Valid(SelectSections(transaction, account));
}

void ServiceStore::Set(std::string_view account, const ServiceSections& sections) {
  auto transaction = database_.Write();
  for (const auto& [name, xml] : sections) {
    transaction.Prepare(kReplaceServiceProperties)
        .Bind(":account", account)
        .Bind(":name", name)
        .Bind(":xml", xml)
        .Run();
  }
  auto rules = SelectRules(transaction, std::string(account));
  transaction.Commit();
  const MutexLock lock(mutex_);
  rules_[std::string(account)] = std::move(rules);
}

void ServiceStore::Reload(sqlite::Transaction& transaction) {
  const MutexLock lock(mutex_);
  for (auto& [account, rules] : rules_) rules = SelectRules(transaction, account);
}

std::shared_ptr<const CorsRules> ServiceStore::Rules(std::string_view account) const {
  const MutexLock lock(mutex_);
  const auto rules = rules_.find(account);
  return rules == rules_.end() ? default_rules_ : rules->second;
}

}  // namespace msc::storage
