package web_test

import (
	"os"
	"path/filepath"
	"strings"

	"giaoban/sample"
)

func (c *cycle) plan() {
	officer := c.as(c.Officer, "2022-03-24 09:00")
	officer.open("/giao-ban/lap")
	officer.choose("regime", sample.Quarterly)
	officer.fill("period", "2022-Q1")
	officer.fill("held_on", "1/4/2022")
	officer.fill("held_at", "14:00")
	officer.fill("place", "Hội trường Ban Tuyên giáo Tỉnh ủy")
	mustSee(c.t, officer, "Lập hội nghị")
	officer.press("Lập hội nghị")
	mustSee(c.t, officer, "14 giờ 00, thứ Sáu, ngày 01/4/2022", c.Leader.Name, "Sở Tài nguyên và Môi trường", "triển khai nhiệm vụ quý II năm 2022")
}

func (c *cycle) invite() {
	officer := c.at[c.Officer.Person]
	officer.press("Tạo và trình ký")
	leader := c.as(c.Deputy, "2022-03-24 10:00")
	leader.open("/van-ban")
	leader.click("Giấy mời dự Hội nghị giao ban công tác khoa giáo quý I năm 2022")
	leader.press("Ký văn bản")
	mustSee(c.t, leader, "Đã ký, chờ vào số")
	c.number("Giấy mời dự Hội nghị giao ban công tác khoa giáo quý I năm 2022", "2022-03-24 10:30", "31", "31-GM/BTGTU")

	focal := c.as(c.AgencyOfficer(c.STNMT), "2022-03-28 09:00")
	focal.click("Xem giấy mời: Hội nghị giao ban công tác khoa giáo quý I năm 2022")
	focal.click("Thành phần")
	focal.fill("delegate_name", c.AgencyLeader(c.STNMT).Name)
	focal.fill("delegate_title", "Phó Giám đốc")
	focal.press("Gửi")
	mustSee(c.t, focal, c.AgencyLeader(c.STNMT).Name+", Phó Giám đốc")
	focal.click("Tham luận")
	focal.unfold("Đăng ký tham luận")
	focal.fill("subject-STNMT", "Môi trường ven vịnh")
	focal.fill("words-STNMT", "Kết quả kiểm tra và việc cần thông tin thống nhất.")
	focal.press("Gửi tham luận")
	mustSee(c.t, focal, "Môi trường ven vịnh")
}

func (c *cycle) showPack() {
	officer := c.as(c.Officer, "2022-03-31 15:00")
	c.toBriefing(officer, "Hồ sơ")
	mustSee(c.t, officer, "11/12 báo cáo đã gửi", "Kịch bản điều hành", "Rà soát, đề xuất quy trình", "Ban Tuyên giáo Huyện ủy Diên Khánh")
	c.picture(officer, "ho-so")
	officer.press("Trình lãnh đạo, chốt hồ sơ")
	mustSee(c.t, officer, "Hồ sơ đã trình lúc 15:00 ngày 31/3/2022 và không đổi.", "Chưa có thay đổi nào sau khi trình")
}

func (c *cycle) toBriefing(p person, tab string) {
	p.open("/giao-ban")
	p.click("Quý I năm 2022")
	p.click(tab)
}

// lateReport: the silent body sends a signed PDF two weeks late. It is marked, not refused, and stands in the addendum.
func (c *cycle) lateReport() {
	pdf := filepath.Join(c.t.TempDir(), "bao-cao-quy-1.pdf")
	if err := os.WriteFile(pdf, []byte("%PDF-1.4\n% bản đã ký\n%%EOF\n"), 0o600); err != nil {
		c.t.Fatal(err)
	}
	focal := c.as(c.AgencyOfficer(c.BTGDK), "2022-04-01 08:30")
	mustSee(c.t, focal, "Quá hạn")
	focal.click("Làm báo cáo: " + owed)
	focal.fill("sections.results.CS", "Huyện tổ chức ba hội nghị báo cáo viên về công tác khoa giáo.")
	for _, last := range lastFigures(focal.page()) {
		focal.fill(last[0], strings.TrimSpace(strings.TrimPrefix(last[1], "ước")))
	}
	focal.fill("paper_number", "41-BC/BTGHU")
	focal.fill("paper_date", "2022-03-31")
	focal.fill("signer", c.AgencyLeader(c.BTGDK).Name)
	focal.tick("no_mark") // the signed copy is a scan
	focal.attach("file", pdf)
	focal.press("Gửi kèm bản đã ký")
	mustSee(c.t, focal, "Biên nhận báo cáo số", "Nhận muộn", "bao-cao-quy-1.pdf", "41-BC/BTGHU")

	officer := c.as(c.Officer, "2022-04-01 09:00")
	officer.click("Xem, nhận: " + owed)
	officer.click("Ban Tuyên giáo Huyện ủy Diên Khánh")
	officer.press("Nhận báo cáo")
	c.toBriefing(officer, "Hồ sơ")
	mustSee(c.t, officer, "Hồ sơ đã trình lúc 15:00 ngày 31/3/2022 và không đổi.", "11/12 báo cáo đã gửi")
	officer.click("phụ lục bổ sung")
	mustSee(c.t, officer, "Ban Tuyên giáo Huyện ủy Diên Khánh")
}

func (c *cycle) meet() {
	officer := c.as(c.Officer, "2022-04-01 14:00")
	c.toBriefing(officer, "Thành phần")
	for _, row := range all(officer.page(), "select") {
		if name := attr(row, "name"); strings.HasPrefix(name, "state-") {
			state := "present"
			if strings.HasSuffix(name, string(c.BTGDK.ID)) {
				state = "excused"
				officer.fill("reason-"+string(c.BTGDK.ID), "Cán bộ phụ trách đang điều trị")
			} else if !strings.HasSuffix(name, string(c.STNMT.ID)) {
				officer.fill("name-"+strings.TrimPrefix(name, "state-"), "Đại diện lãnh đạo")
			}
			officer.choose(name, state)
		}
	}
	officer.press("Lưu điểm danh")
	mustSee(c.t, officer, "Cán bộ phụ trách đang điều trị")
	officer.click("Diễn biến")
	officer.fill("course", "Phòng Khoa giáo báo cáo; đại biểu trao đổi về môi trường ven vịnh.")
	officer.fill("assessment", "Quý I các cơ quan giữ nhịp công tác khoa giáo; một báo cáo gửi muộn.")
	officer.fill("ended_at", "16:10")
	officer.keep("Lưu", "Quý I các cơ quan giữ nhịp")
}

// conclude: three conclusions are typed and a fourth is left open. The conference cannot be closed before it is decided.
func (c *cycle) conclude() {
	officer := c.as(c.Officer, "2022-04-01 15:30")
	c.toBriefing(officer, "Kết luận")
	mustSee(c.t, officer, "Gửi báo cáo quý I năm 2022 theo chế độ báo cáo", "sau khi trình hồ sơ đã khác")
	officer.fill("words-1", "Công tác tư tưởng đi trước một bước với các vấn đề Nhân dân quan tâm.")
	officer.choose("kind-1", "Định hướng")
	officer.fill("words-2", bayTask)
	officer.choose("kind-2", "Nhiệm vụ")
	officer.choose("lead-2", string(c.STNMT.ID))
	officer.fill("product-2", "Báo cáo quan trắc hằng tháng")
	officer.fill("due-2", "20/5/2022")
	officer.tick("spoken-2")
	officer.fill("words-3", "Gửi báo cáo đúng hạn, nêu nguyên nhân gửi muộn quý I")
	officer.keep("Lưu kết luận", "Kết luận 3")
	officer.open(officer.where()) // as a person who comes back to the page
	mustSee(c.t, officer, bayTask, "Hình thức: Đề nghị", "Kết luận 3")
	c.picture(officer, "ket-luan")
	officer.press("Lưu và kết thúc hội nghị")
	mustSee(c.t, officer, "Chưa kết thúc được", "Kết luận 3 (“Gửi báo cáo đúng hạn")
	officer.choose("kind-3", "Nhiệm vụ")
	officer.choose("lead-3", string(c.BTGDK.ID))
	officer.fill("product-3", "Giải trình bằng văn bản")
	officer.fill("due-3", "15/4/2022")
	officer.press("Lưu và kết thúc hội nghị")
	mustSee(c.t, officer, "1 định hướng, 2 nhiệm vụ; 1 việc có hạn đề xuất")
	officer.press("Kết thúc hội nghị")
	mustSee(c.t, officer, "Soạn thông báo kết luận")
}

const bayTask = "Công bố kết quả quan trắc nước vịnh hằng tháng"

// notice: drafted, signed, numbered, released; only then the tasks are on the desks.
func (c *cycle) notice() {
	officer := c.at[c.Officer.Person]
	officer.press("Tạo và trình ký")
	mustSee(c.t, officer, "Dự thảo", "1 hạn ghi “đề xuất” chưa được nêu tại hội nghị")
	focal := c.as(c.AgencyOfficer(c.STNMT), "2022-04-01 16:25")
	mustMiss(c.t, focal, bayTask)

	leader := c.as(c.Deputy, "2022-04-01 16:35")
	leader.open("/van-ban")
	leader.click("kết luận của đồng chí")
	leader.press("Ký văn bản")
	mustSee(c.t, leader, "Đã ký, chờ vào số")
	clerk := c.number("tại Hội nghị giao ban công tác khoa giáo quý I năm 2022", "2022-04-01 16:45", "146", "146-TB/BTGTU")
	word := docxText(c.t, c.download(c.t, c.Clerk, clerk, "Word (.docx)"))
	for _, want := range []string{"THÔNG BÁO", "146-TB/BTGTU", bayTask, sample.Mark} {
		if !strings.Contains(word, want) {
			c.t.Errorf("the notice lacks “%s”", want)
		}
	}
}

// doTask: received, reported on with a file, completed, accepted.
func (c *cycle) doTask() {
	evidence := filepath.Join(c.t.TempDir(), "ket-qua-quan-trac.txt")
	if err := os.WriteFile(evidence, []byte("Kết quả quan trắc tháng 4.\n"), 0o600); err != nil {
		c.t.Fatal(err)
	}
	lower := c.as(c.AgencyOfficer(c.BTGDK), "2022-04-04 08:00")
	mustSee(c.t, lower, "Gửi báo cáo đúng hạn, nêu nguyên nhân gửi muộn quý I", "Được đề nghị chủ trì")

	focal := c.as(c.AgencyOfficer(c.STNMT), "2022-04-04 08:30")
	mustSee(c.t, focal, bayTask, "Hạn 20/5/2022")
	focal.click("Tiếp nhận: " + bayTask)
	mustSee(c.t, focal, "Đề nghị", "Xuất phát từ")
	focal.press("Tiếp nhận")
	focal.fill("tien-do-note", "Đã có số liệu tháng 4.")
	focal.attach("tien-do-files", evidence)
	focal.press("Ghi tiến độ")
	mustSee(c.t, focal, "Đã có số liệu tháng 4.", "ket-qua-quan-trac.txt")
	focal.unfold("Báo hoàn thành")
	focal.fill("hoan-thanh-note", "Đã công bố tháng 4, lập lịch cho các tháng sau.")
	focal.fill("hoan-thanh-paper", "Báo cáo số 88/BC-STNMT, ngày 04/4/2022")
	focal.press("#bao-hoan-thanh")
	mustSee(c.t, focal, "Chờ ghi nhận", "Báo cáo số 88/BC-STNMT")

	officer := c.as(c.Officer, "2022-04-05 09:00")
	officer.click("Ghi nhận: " + bayTask)
	c.picture(officer, "nhiem-vu")
	officer.press("Ghi nhận")
	mustSee(c.t, officer, "Đã ghi nhận")
}

// nextQuarter: what was done opens the next period, for the agency and for the conference.
func (c *cycle) nextQuarter() {
	officer := c.as(c.Officer, "2022-06-06 08:30")
	officer.open("/che-do/kg-quy")
	officer.click("Mở kỳ")
	officer.press("Mở quý II năm 2022")
	officer.open("/giao-ban/lap")
	officer.choose("regime", sample.Quarterly)
	officer.fill("period", "2022-Q2")
	officer.press("Lập hội nghị")
	officer.click("Kết quả")
	mustSee(c.t, officer, "Hội nghị giao ban công tác khoa giáo quý I năm 2022", "1/2 nhiệm vụ đã hoàn thành", bayTask)

	lower := c.as(c.AgencyOfficer(c.BTGDK), "2022-06-07 08:30")
	lower.click("Làm báo cáo: Báo cáo công tác khoa giáo hằng quý – quý II năm 2022")
	mustSee(c.t, lower, "Gửi báo cáo đúng hạn, nêu nguyên nhân gửi muộn quý I")
}

// lookBack goes from the task, step by step, to the report of the agency that it came from.
func (c *cycle) lookBack() {
	officer := c.as(c.Officer, "2022-06-07 09:00")
	officer.open("/nhiem-vu")
	c.picture(officer, "cac-nhiem-vu")
	officer.open("/nhiem-vu?trang-thai=closed")
	officer.click(bayTask)
	officer.click("Nguồn gốc và kết quả")
	mustSee(c.t, officer, "Hội nghị giao ban công tác khoa giáo quý I năm 2022", "146-TB/BTGTU")
	c.picture(officer, "nguon-goc")
	officer.click("Báo cáo quý I năm 2022 của Sở Tài nguyên và Môi trường, bản 2")
	mustSee(c.t, officer, "Thu gom 88,3%", "BN-KG-QUY-2022-Q1-0012")
}
