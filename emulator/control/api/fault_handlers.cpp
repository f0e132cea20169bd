#include "emulator/control/api/fault_handlers.h"

#include <functional>

#include "emulator/control/api/answers.h"
#include "emulator/control/api/fault_json.h"
#include "emulator/control/error/control_error.h"

namespace msc::control {

ControlRoutes FaultHandlers::Routes() const {
  using enum http::Method;
  using std::bind_front;
  return {
      {kPost, "/__admin/faults", bind_front(&FaultHandlers::Add, this), "addFault"},
      {kGet, "/__admin/faults", bind_front(&FaultHandlers::List, this), "listFaults"},
      {kDelete, "/__admin/faults", bind_front(&FaultHandlers::RemoveAll, this), "removeAllFaults"},
      {kGet, "/__admin/faults/{id}", bind_front(&FaultHandlers::Get, this), "getFault"},
      {kDelete, "/__admin/faults/{id}", bind_front(&FaultHandlers::Remove, this), "removeFault"},
  };
}

FaultHandlers::Answer FaultHandlers::Add(const http::Request& request) const {
  const auto json = ReadJson(request);
  if (!json) return json.error();
  auto fault = ReadFault(*json);
  if (!fault) return fault.error();

  const auto injected = control_plane_.faults().Add(*std::move(fault));
  if (!injected) return injected.error();

  return JsonAnswer(FaultJson(*injected), 201);
}

FaultHandlers::Answer FaultHandlers::List(const http::Request&) const {
  Json faults = Json::array();
  for (const auto& fault : control_plane_.faults().List()) faults.push_back(FaultJson(fault));
  return JsonAnswer({{"faults", std::move(faults)}});
}

Result<InjectedFault> FaultHandlers::Find(const http::Request& request) const {
  const auto id = NumberIn(request, "id");
  if (!id) return id.error();
  auto fault = control_plane_.faults().Find(*id);
  if (!fault) {
    return Error{ControlError::kNotFound, "there is no fault " + std::to_string(*id)};
  }
  return *std::move(fault);
}

FaultHandlers::Answer FaultHandlers::Get(const http::Request& request) const {
  const auto fault = Find(request);
  if (!fault) return fault.error();
  return JsonAnswer(FaultJson(*fault));
}

FaultHandlers::Answer FaultHandlers::Remove(const http::Request& request) const {
  if (auto nothing = ReadNothing(request); !nothing) return nothing.error();
  const auto fault = Find(request);
  if (!fault) return fault.error();
  control_plane_.faults().Remove(fault->status.id);
  return JsonAnswer(FaultJson(*fault));
}

FaultHandlers::Answer FaultHandlers::RemoveAll(const http::Request& request) const {
  if (auto nothing = ReadNothing(request); !nothing) return nothing.error();
  control_plane_.faults().Clear();
  return JsonAnswer(Json::object());
}

}  // namespace msc::control
