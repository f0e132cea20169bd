-- For wrk: asks for the status of a video at random out of those whose ids stand in the file $MSC_IDS.
local ids = {}
for id in io.lines(os.getenv("MSC_IDS")) do
  ids[#ids + 1] = id
end

function request()
  return wrk.format("GET", "/api/Videos/" .. ids[math.random(#ids)] .. "/Status")
end
