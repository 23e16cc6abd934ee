package web

import (
	"net/url"
	"strings"
	"testing"
)

// A report that will not come leaves the desk and the message, and stays in sight with its reason.
func TestAReportIsWaitedForNoMoreWithItsReason(t *testing.T) {
	b := newBlock(t)
	b.history()
	officer, focal := b.as("ban.1"), b.as("syt.1")
	mine := "/bao-cao/" + string(b.obligation("kg-quy", "2022-Q1", 0).ID)
	absent := "/bao-cao/kg-quy/2022-Q1/chua-nop"
	officer.get(absent).see(200, "2 cơ quan chưa báo cáo")
	officer.post(mine+"/thoi-cho", url.Values{"reason": {" "}}).see(422, "Hãy ghi vì sao không chờ báo cáo này nữa", `id="thoi-SYT-error"`)
	officer.get(absent).post(mine+"/thoi-cho", url.Values{"reason": {"Cơ quan đã sáp nhập"}}).see(200, "1 cơ quan chưa báo cáo", "không chờ nữa: Cơ quan đã sáp nhập")
	if message := officer.page; strings.Contains(between(message, "<textarea", "</textarea>"), "Sở Y tế") {
		t.Errorf("tin nhắn vẫn nhắc cơ quan đó: %s", between(message, "<textarea", "</textarea>"))
	}
	officer.get("/bao-cao/kg-quy/ma-tran").see(200, "không chờ nữa: Cơ quan đã sáp nhập")
	officer.get(mine).see(200, "Ban không chờ nữa: Cơ quan đã sáp nhập")
	officer.get("/tong-hop/kg-quy/2022-Q1").see(200, "Thiếu báo cáo của 2 cơ quan")
	focal.get("/bao-cao").see(200, "không chờ nữa: Cơ quan đã sáp nhập")
	focal.get(mine).see(200, "Lập báo cáo")
	focal.get(mine+"/soan").see(200, "Lượt khám, chữa bệnh")
}

func between(s, from, to string) string {
	_, s, _ = strings.Cut(s, from)
	s, _, _ = strings.Cut(s, to)
	return s
}
