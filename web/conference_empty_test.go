package web_test

import (
	"testing"

	"giaoban/internal/db"
)

// A year's review and a conference at which a document is made known, in an office that begins with an empty folder: the
// notice names the guests, the document's page knows the session.

func TestConferencesOfANewOfficeInABrowser(t *testing.T) {
	t.Parallel()
	begunInABrowser(t, "2026-11-30 08:00").conferences()
}

func TestConferencesOfANewOfficeByPlainRequests(t *testing.T) {
	t.Parallel()
	begunByPlainRequests(t, "2026-11-30 08:00").conferences()
}

func (o *firstQuarter) conferences() {
	admin := o.administratorComes()
	o.setUp(admin)
	o.lists(admin)
	p := o.as("Phạm Thu Hà")
	o.register(p)
	o.reviewTheYear(p)
	o.rollOut(p)
}

// register enters the document that is made known later.
func (o *firstQuarter) register(p *counting) {
	p.open("/van-ban-chi-dao/them")
	p.fill("vien-dan", "Chỉ thị số 20-CT/TW, ngày 05/11/2012 của Bộ Chính trị về tăng cường sự lãnh đạo của Đảng đối với công tác chăm sóc trẻ em")
	p.press("Điền vào các ô")
	p.press("Vào sổ")
	mustSee(o.t, p, "20-CT/TW")
	o.look(p, "văn bản chỉ đạo")
}

// reviewTheYear plans and concludes the year's review with a guest who directs and one who speaks.
func (o *firstQuarter) reviewTheYear(p *counting) {
	day := o.clock.Now().In(db.Vietnam).Format("2/1/2006")
	p.open("/giao-ban/lap?loai=year_review")
	o.look(p, "lập tổng kết năm")
	p.fill("period", "năm 2026")
	p.fill("held_on", day)
	p.fill("held_at", "8:00")
	p.fill("place", "Hội trường Tỉnh ủy")
	p.fill("guest-name-1", "Phan Đức Hòa")
	p.fill("guest-title-1", "Phó Chủ tịch UBND tỉnh")
	p.choose("guest-as-1", "dự và chỉ đạo")
	p.tick("guest-speaks-1")
	p.press("Lập hội nghị")
	mustSee(o.t, p, "tổng kết công tác khoa giáo năm 2026", "triển khai nhiệm vụ năm 2027", "Phan Đức Hòa, Phó Chủ tịch UBND tỉnh (phát biểu)")
	o.look(p, "tổng kết năm")
	o.conclude(p, "Giữ nhịp phối hợp giữa Ban và các sở.")
	mustSee(o.t, p, "chỉ đạo Hội nghị có đồng chí Phan Đức Hòa, Phó Chủ tịch UBND tỉnh")
	o.look(p, "thông báo tổng kết năm")
}

// rollOut holds the conference on nine months, at which the document is made known.
func (o *firstQuarter) rollOut(p *counting) {
	day := o.clock.Now().In(db.Vietnam).Format("2/1/2006")
	p.open("/giao-ban/lap")
	p.fill("period", "9 tháng năm 2026")
	p.fill("held_on", day)
	p.fill("held_at", "14:00")
	p.fill("place", "Hội trường Tỉnh ủy")
	p.fill("item-subject.0", "Báo cáo kết quả 9 tháng")
	p.fill("item-about.1", "20-CT/TW")
	p.tick("item-rolls.1")
	p.press("Lập hội nghị")
	mustSee(o.t, p, "9 tháng đầu năm 2026", "Quán triệt Chỉ thị số 20-CT/TW")
	o.look(p, "hội nghị 9 tháng")
	p.click("Thành phần")
	o.look(p, "thành phần")
	o.conclude(p, "Các cơ quan tổ chức quán triệt ở đơn vị mình.")
	mustSee(o.t, p, "Hội nghị đã quán triệt Chỉ thị số 20-CT/TW")
	o.look(p, "thông báo 9 tháng")
	p.open("/van-ban-chi-dao")
	p.click("20-CT/TW")
	mustSee(o.t, p, "Đã quán triệt tại", "9 tháng đầu năm 2026", day)
	o.look(p, "văn bản đã quán triệt")
}

// conclude types one guidance, closes the conference and drafts its notice.
func (o *firstQuarter) conclude(p *counting, words string) {
	p.click("Kết luận")
	p.fill("words-1", words)
	p.choose("kind-1", "Định hướng")
	p.press("Lưu và kết thúc hội nghị")
	p.press("Kết thúc hội nghị")
	p.press("Tạo và trình ký")
	mustSee(o.t, p, "Dự thảo")
}
