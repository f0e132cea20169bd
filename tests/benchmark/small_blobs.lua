-- For wrk: sends one kind of request with 4 KiB ($MSC_REQUEST: put, get, append or page) to or for blobs in the
-- container whose signed URL wrk was given. Every thread cycles through 1,000 requests of its own, to 1,000 blobs or,
-- if it changes blobs, to 100. Their names are the numbers that `blob_load fill` gives.
local count = 1000
local size = 4096
local threads = 0

local kinds = {
  get = {method = "GET", blobs = 1000, comp = ""},
  put = {method = "PUT", blobs = 1000, comp = "", headers = {["x-ms-blob-type"] = "BlockBlob"}},
  append = {method = "PUT", blobs = 100, comp = "comp=appendblock&", headers = {}},
  page = {method = "PUT", blobs = 100, comp = "comp=page&", headers = {["x-ms-page-write"] = "update"}},
}

function setup(thread)
  thread:set("thread_number", threads)
  threads = threads + 1
end

function init()
  local kind = kinds[os.getenv("MSC_REQUEST")]
  local body = kind.method == "PUT" and string.rep("x", size) or nil
  requests = {}
  for i = 0, count - 1 do
    local name = thread_number * kind.blobs + i % kind.blobs
    local target = wrk.path:gsub("%?", "/" .. name .. "?" .. kind.comp, 1)
    if kind == kinds.page then
      local first = math.floor(i / kind.blobs) * size
      kind.headers["x-ms-range"] = "bytes=" .. first .. "-" .. first + size - 1
    end
    requests[i + 1] = wrk.format(kind.method, target, kind.headers, body)
  end
end

local last = 0
function request()
  last = last % count + 1
  return requests[last]
end
