package web

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"giaoban/internal/db"
)

// Every page of the report room answers for those who may see it.
func TestReportPagesOpen(t *testing.T) {
	b := newBlock(t)
	b.history()
	officer, focal := b.as("ban.1"), b.as("syt.1")
	mine := string(b.obligation("kg-quy", "2022-Q1", 0).ID)
	theirs := b.obligation("kg-quy", "2022-Q1", 1)
	for path, words := range map[string]string{
		"/bao-cao": "Nhận báo cáo", "/bao-cao/nhan": "Không còn báo cáo nào chờ nhận", "/bao-cao/kg-quy/ma-tran?n=8": "Đúng hạn",
		"/bao-cao/kg-quy/2022-Q1/chua-nop": "2 cơ quan chưa báo cáo", "/bao-cao/" + mine: "Cơ quan chưa gửi bản nào", "/bao-cao/" + mine + "/nhap-thay": "Văn bản đến",
		"/ban-bao-cao/" + string(theirs.Latest): "Tham mưu ban hành", "/bien-nhan/" + string(theirs.Latest): "BN-KG-QUY-2022-Q1-", "/ban-bao-cao/" + string(theirs.Latest) + "/in": "CỘNG HÒA",
		"/che-do": "kg-quy", "/che-do/moi": "Chốt số liệu", "/che-do/kg-quy": "Ví dụ", "/che-do/kg-quy/sua": "Nghị định 09", "/che-do/kg-quy/bieu-mau": "q07", "/che-do/kg-quy/mo-ky": "quý II năm 2022",
		"/tong-hop": "quý I năm 2022", "/tong-hop?regime=kg-quy&period=2022-Q1": "Sở Y tế", "/tong-hop/kg-quy/2022-Q1": "Thiếu báo cáo của 2 cơ quan", "/tong-hop/kg-quy/2021": "Lao động được đào tạo nghề",
		"/tong-hop/kg-quy/2022-Q1/chi-tieu/q10": "Bảng số", "/tong-hop/kg-quy/2022-Q1/loi-van": "Bắt đầu dự thảo", "/tong-hop/kg-quy/2022-Q1/tai/html": "BÁO CÁO", "/kien-nghi": "bố trí kinh phí",
	} {
		officer.get(path).see(200, words)
	}
	focal.get("/bao-cao").see(200, "Phải gửi", "Không phát sinh")
	focal.get("/bao-cao/"+mine).see(200, "Lượt khám, chữa bệnh", "Số liệu tháng đã báo cáo", "Lời văn quý IV năm 2021")
	focal.get("/bao-cao/" + string(theirs.ID)).see(404)
	focal.get("/ban-bao-cao/" + string(theirs.Latest)).see(404)
	focal.get("/bien-nhan/" + string(theirs.Latest)).see(404)
	focal.get("/bao-cao/nhan").see(403)
	focal.get("/tong-hop/kg-quy/2022-Q1").see(403)
	focal.get("/che-do/kg-quy/bieu-mau").see(403)
	focal.get("/bao-cao/" + mine + "/nhap-thay").see(403)
	focal.get("/bao-cao/kg-quy/2022-Q1/chua-nop").see(403)
}

func TestALeaderSendsAndPressingTwiceGivesTheSameReceipt(t *testing.T) {
	b := newBlock(t)
	b.history()
	leader := b.as("syt.2")
	page := "/bao-cao/" + string(b.obligation("kg-quy", "2022-Q1", 0).ID)
	leader.get(page).see(200, "Duyệt và gửi")
	form := url.Values{"version": {"0"}, "latest": {leader.field("latest")}, "act": {"duyet"},
		"value.q01": {"8.5"}, "value.q02": {"100"}, "value.q03": {"200"}, "sections.results.yte": {"Đoạn một.\n\nĐoạn hai."}}
	leader.post(page+"/gui", form).see(422, "#value-q01", "chỉ nhận số nguyên", "không thể lớn hơn", `value="8.5"`, "Đoạn hai.")
	for name, text := range map[string]string{"value.q01": "1.915.509", "value.q02": "116.432", "value.q03": "ước 104.000"} {
		form.Set(name, text)
	}
	leader.post(page+"/gui", form)
	if leader.status == 422 { // changes against last quarter ask for a reason
		for _, key := range []string{"change:q01", "change:q02", "change:q03"} {
			form.Set("note."+key, "Đã đối chiếu với bệnh viện.")
		}
		leader.post(page+"/gui", form)
	}
	leader.see(200, "BN-KG-QUY-2022-Q1-", "Nhận đúng hạn", "Ban Tuyên giáo")
	first := leader.url
	leader.get(page)
	form.Set("latest", "0")
	leader.get(page+"/soan").post(page+"/gui", form).see(200, "Biên nhận")
	if leader.url != first {
		t.Errorf("lần bấm thứ hai ra biên nhận khác: %s, %s", first, leader.url)
	}
}

// Figures are closed on 14/3/2022; a report that comes before tells what was known by then.
func TestAReportBeforeItsFiguresCloseIsTakenAndMarked(t *testing.T) {
	const mark = "gửi trước ngày chốt số liệu (14/3/2022)"
	for day, early := range map[int]bool{11: true, 14: false} {
		b := newBlock(t)
		b.history()
		b.clock.Set(time.Date(2022, 3, day, 9, 0, 0, 0, db.Vietnam))
		leader := b.as("syt.2")
		page := "/bao-cao/" + string(b.obligation("kg-quy", "2022-Q1", 0).ID)
		leader.get(page).post(page+"/khong-phat-sinh", url.Values{"reason": {"Trong kỳ không phát sinh."}}).see(200, "Biên nhận", "Nhận đúng hạn")
		submission := "/ban-bao-cao/" + strings.TrimPrefix(leader.url, "/bien-nhan/")
		officer := b.as("ban.1")
		for who, at := range map[*caller]string{leader: leader.url, officer: submission} {
			if who.get(at); strings.Contains(who.page, mark) != early {
				t.Errorf("sent on %d/3, %s: %s", day, at, who.page)
			}
		}
		if officer.get("/bao-cao/nhan"); strings.Contains(officer.page, mark) != early {
			t.Errorf("sent on %d/3, among those to receive: %s", day, officer.page)
		}
	}
}

func TestTwoPeopleWritingOneDraftSeeBothVersions(t *testing.T) {
	b := newBlock(t)
	b.history()
	page := "/bao-cao/" + string(b.obligation("kg-quy", "2022-Q1", 0).ID)
	one, two := b.as("syt.1"), b.as("syt.2")
	one.get(page)
	two.get(page)
	one.post(page+"/luu", url.Values{"version": {"0"}, "value.q01": {"1.000"}, "value.q02": {"5"}}).see(200, `value="1.000"`)
	two.post(page+"/luu", url.Values{"version": {"0"}, "value.q01": {"2.000"}, "value.q02": {"5"}}).see(412, "Hai người cùng soạn", "1.000", "2.000", "Lượt khám, chữa bệnh")
	two.post(page+"/luu", url.Values{"version": {two.field("version")}, "value.q01": {"2.000"}, "kia.value.q01": {"1.000"}, "chon.value.q01": {"kia"}, "value.q02": {"5"}}).see(200, `value="1.000"`)
	if strings.Contains(two.page, `value="2.000"`) {
		t.Error("số đã bỏ vẫn còn")
	}
}

func TestOneParagraphGoesBackAndTheRestStands(t *testing.T) {
	b := newBlock(t)
	b.history()
	officer, focal := b.as("ban.1"), b.as("sgddt.1")
	o := b.obligation("kg-quy", "2022-Q1", 1)
	officer.get("/ban-bao-cao/"+string(o.Latest)+"?cho=doan.results.gddt.2").see(200, `name="place" value="doan.results.gddt.2"`)
	officer.post("/ban-bao-cao/"+string(o.Latest)+"/bo-sung", url.Values{"place": {"doan.results.gddt.2"}, "reason": {""}, "due": {"2022-03-18"}}).see(422, "Hãy ghi cần bổ sung gì")
	officer.post("/ban-bao-cao/"+string(o.Latest)+"/bo-sung", url.Values{"place": {"doan.results.gddt.2"}, "reason": {"503 hay 516 trường?"}, "due": {"2022-03-18"}}).see(200, "503 hay 516", "Đề nghị bổ sung")
	focal.get("/bao-cao").see(200, "Bổ sung")
	focal.get("/bao-cao/"+string(o.ID)).see(200, "503 hay 516", "phần còn lại giữ nguyên", "Tham mưu ban hành 02 kế hoạch", "đoạn 2")
}

func TestAConsolidationIsDraftedEditedAndKeepsItsOrigins(t *testing.T) {
	b := newBlock(t)
	b.history()
	officer, leader := b.as("ban.1"), b.as("ban.2")
	base := "/tong-hop/kg-quy/2022-Q1"
	officer.get(base+"/loi-van").post(base+"/loi-van", url.Values{}).see(200, "Sở Giáo dục và Đào tạo · bản 1", "Gộp với đoạn sau")
	version := officer.field("version")
	officer.post(base+"/doan", url.Values{"version": {version}, "act": {"them.results.yte"}, "text": {"Đoạn do Ban viết."}}).see(200, "Đoạn do Ban viết.", "Ban soạn")
	officer.post(base+"/doan", url.Values{"version": {version}, "act": {"them.results.yte"}, "text": {"Lần hai."}}).see(412, "Lần hai.")
	officer.get(base+"/loi-van").post(base+"/khung", url.Values{"version": {officer.field("version")}, "subject": {"kết quả quý I"}}).see(200)
	leader.get(base+"/ky").see(200, "Còn thiếu: Sở Y tế, Sở Văn hóa và Thể thao")
	for _, format := range []string{"docx", "pdf", "json"} {
		officer.get(base + "/tai/" + format).see(200)
	}
	officer.get("/kien-nghi").see(200)
}
