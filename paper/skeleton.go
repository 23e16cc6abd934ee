package paper

import (
	"slices"

	"giaoban/official"
)

func head(words string) []official.Block {
	return []official.Block{official.Heading{Level: 1, Runs: official.Text(words)}}
}

// heads makes a heading with a place below it for each pair: the heading, what is to be written there.
func heads(pairs ...string) (body []official.Block) {
	for i := 0; i+1 < len(pairs); i += 2 {
		body = append(append(body, head(pairs[i])...), places(pairs[i+1])...)
	}
	return body
}

func places(asks ...string) (body []official.Block) {
	for _, ask := range asks {
		body = append(body, official.Paragraph{Ask: ask})
	}
	return body
}

func articles(asks ...string) (body []official.Block) {
	for _, ask := range asks {
		body = append(body, official.NumberedItem{Level: 1, Article: true, Ask: ask})
	}
	return body
}

// skeleton is what the office expects in a paper of a kind: its headings, and what is to be written below them. No sentence
// is put in anybody's mouth.
func (k Kind) skeleton() []official.Block {
	switch k {
	case BaoCao:
		return heads("Kết quả thực hiện", "kết quả, kèm số liệu", "Hạn chế, nguyên nhân", "hạn chế và nguyên nhân",
			"Nhiệm vụ thời gian tới", "nhiệm vụ, thời hạn", "Kiến nghị, đề xuất", "kiến nghị với ai, về việc gì")
	case ThongBao:
		return places("thông báo việc gì, theo văn bản nào", "nội dung thông báo", "ai thực hiện, trước ngày nào")
	case GiayMoi:
		return places("mời ai, dự việc gì", "nội dung", "chủ trì", "thời gian", "địa điểm")
	case KeHoach:
		return heads("Mục đích, yêu cầu", "mục đích, yêu cầu", "Nội dung", "việc làm, sản phẩm, thời hạn",
			"Tổ chức thực hiện", "ai chủ trì, ai phối hợp, báo cáo về đâu")
	case CongVan:
		return places("lý do, căn cứ gửi công văn", "đề nghị hoặc trả lời điều gì, trước ngày nào")
	case BienBan:
		return heads("Thời gian, địa điểm", "giờ, ngày bắt đầu và nơi họp", "Thành phần", "chủ trì, người ghi, có mặt, vắng mặt",
			"Diễn biến", "diễn biến, ý kiến từng người", "Kết luận", "kết luận của chủ trì", "Kết thúc", "giờ kết thúc")
	case ToTrinh:
		return heads("Sự cần thiết", "lý do, căn cứ trình", "Nội dung trình", "nội dung, phương án",
			"Đề nghị", "đề nghị cấp trên xem xét, quyết định điều gì")
	case HuongDan:
		return slices.Concat(places("hướng dẫn thực hiện văn bản nào, vì sao"), heads("Mục đích, yêu cầu", "mục đích, yêu cầu",
			"Nội dung", "nội dung hướng dẫn", "Tổ chức thực hiện", "ai thực hiện, báo cáo về đâu"))
	case ChuongTrinh:
		return heads("Mục tiêu", "mục tiêu, chỉ tiêu", "Nhiệm vụ, giải pháp", "nhiệm vụ, giải pháp", "Tổ chức thực hiện", "ai thực hiện, kinh phí, thời hạn")
	case QuyetDinh:
		return articles("điều quyết định", "hiệu lực, thay văn bản nào", "ai chịu trách nhiệm thi hành")
	case QuyChe:
		return slices.Concat(places("ban hành kèm theo quyết định nào, nếu có"), head("Quy định chung"), articles("phạm vi, đối tượng", "nguyên tắc"),
			head("Quy định cụ thể"), articles("trách nhiệm, quyền hạn", "cách làm việc, phối hợp"),
			head("Tổ chức thực hiện"), articles("hiệu lực, sửa đổi, ai thi hành"))
	case PhieuChuyen:
		return places("chuyển văn bản, đơn thư nào: của ai, số, ngày, về việc gì", "đề nghị nơi nhận làm gì, trả lời ai, trước ngày nào")
	}
	return nil
}

// Skeleton begins a paper of a kind: what is to be written, and where it goes as long as nobody says otherwise. Minutes go
// to nobody, they stay with the meeting.
func Skeleton(k Kind, family official.Family, subject string) official.Document {
	d := official.Document{Kind: kinds[k].layout, Subject: subject, Body: k.skeleton()}
	if k == BienBan {
		return d
	}
	d.Filing = "VT"
	if family == official.Party {
		d.Filing = "Văn phòng Ban"
	}
	switch k {
	case CongVan, ToTrinh, PhieuChuyen:
		d.Recipients = []string{"Như trên"}
	case GiayMoi:
		d.Recipients = []string{"Như thành phần mời"}
	}
	return d
}
