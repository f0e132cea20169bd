-- For wrk: puts or gets ($MSC_METHOD) blobs of 4 KiB in the container whose signed URL wrk was given. Every
-- thread cycles through 1,000 names of its own, those that `blob_load fill` gives to the first 2,000 blobs.
local names = 1000
local threads = 0

function setup(thread)
  thread:set("first", threads * names)
  threads = threads + 1
end

function init()
  local method = os.getenv("MSC_METHOD")
  local body = method == "PUT" and string.rep("x", 4096) or nil
  requests = {}
  for i = 1, names do
    local target = wrk.path:gsub("%?", "/" .. first + i - 1 .. "?", 1)
    requests[i] = wrk.format(method, target, {["x-ms-blob-type"] = "BlockBlob"}, body)
  end
end

local last = 0
function request()
  last = last % names + 1
  return requests[last]
end
