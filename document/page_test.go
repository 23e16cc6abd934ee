package document

import "testing"

const (
	first  = "Chiều ngày 01/4/2022, Ban Tuyên giáo Tỉnh ủy tổ chức Hội nghị giao ban công tác khoa giáo quý I năm 2022, với sự tham dự của các ngành trong khối."
	second = "Trong quý, toàn tỉnh có 97/109 xã đạt tiêu chí quốc gia về y tế, có 14 đề tài được nghiệm thu, các ngành phối hợp chặt chẽ."
	menu   = `<ul><li><a href="/">Trang chủ</a></li><li><a href="/tin">Tin tức</a></li><li><a href="/vb">Văn bản</a></li></ul>`
)

// pageTraps are the shapes in which the engines of portals write an article, and what their editors paste into it.
func pageTraps() []trap {
	page := func(head, body string) []byte {
		return []byte("<!DOCTYPE html><html><head><meta charset=utf-8>" + head + "</head><body>" + body + "</body></html>")
	}
	title := "Giao ban công tác khoa giáo quý I năm 2022"
	article := lines("heading1||"+title, "paragraph||Thứ Sáu, 01/04/2022 15:20", "paragraph||"+first, "paragraph||"+second)
	said := "<title>" + title + " - Cổng thông tin</title>"
	return []trap{
		{name: "NukeViet", file: "a.html", want: article, content: page(said, `<div id="menusite" class="menu">`+menu+`</div><div class="news_column"><h1 class="title margin-bottom-lg">`+title+
			`</h1><div class="row"><span class="time">Thứ Sáu, 01/04/2022 15:20</span></div><div id="news-bodyhtml" class="bodytext margin-bottom-lg"><p>`+first+`</p><p>`+second+
			`</p></div></div><div class="othernews"><a href="/x">Các tin khác</a></div><footer>Bản quyền</footer>`)},
		{name: "SharePoint", file: "a.html", want: article, content: page(said, `<form id="aspnetForm"><div class="ms-nav">`+menu+`</div><table width="100%"><tr><td><div class="ArticleHeader"><h1>`+title+
			`</h1><div class="date">Thứ Sáu, 01/04/2022 15:20</div></div><div class="ms-rtestate-field"><div>`+first+`</div><div>`+second+
			`</div></div></td></tr></table><div class="footer">Địa chỉ liên hệ</div></form>`)},
		{name: "Liferay", file: "a.html", want: article, content: page(said, `<nav role="navigation">`+menu+`</nav><div class="portlet-body"><div class="journal-content-article"><h1>`+title+
			`</h1><span class="date-news">Thứ Sáu, 01/04/2022 15:20</span><div class="content-news"><p>`+first+`</p><p>`+second+`</p></div></div></div><aside><a href="/k">Liên kết</a></aside>`)},
		{name: "Drupal", file: "a.html", want: article, content: page(said, `<header class="header">`+menu+`</header><article class="node"><h1 class="page-header">`+title+
			`</h1><div class="submitted">Thứ Sáu, 01/04/2022 15:20</div><div class="field field-name-body"><div class="field-item even"><p>`+first+`</p><p>`+second+
			`</p></div></div></article><div class="comments"><p>Bình luận của bạn đọc dài thật dài, kể nhiều chuyện không thuộc bài này.</p></div>`)},
		{name: "WordPress", file: "a.html", want: article, content: page(said, `<div id="nav">`+menu+`</div><main><article class="post"><h1 class="entry-title">`+title+
			`</h1><time class="entry-date">Thứ Sáu, 01/04/2022 15:20</time><div class="entry-content"><p>`+first+`</p><p>`+second+`</p></div></article></main><div class="sidebar">`+menu+`</div>`)},
		{name: "cổng cũ xếp bằng bảng lồng nhau", file: "a.html", want: article, content: page(said, `<table width="100%"><tr><td colspan="2"><a href="1">Trang nhất</a> | <a href="2">Văn bản</a></td></tr><tr><td width="20%"><table><tr><td>`+
			`<a href="4">Giới thiệu</a></td></tr></table></td><td><table><tr><td class="tieude">`+title+`</td></tr><tr><td>Thứ Sáu, 01/04/2022 15:20</td></tr><tr><td>`+first+`<br><br>`+second+`</td></tr></table></td></tr></table>`)},
		{name: "bảng số liệu trong bài, ô gộp", file: "a.html", content: page("", `<h2>Kết quả</h2><p>`+first+`</p><table><caption>Bảng 1</caption><tr><th rowspan=2>TT</th><th colspan=2>Kết quả</th></tr><tr><td>Quý I</td><td>Quý II</td></tr>`+
			`<tr><td>1</td><td>12<br>xã</td><td>15</td></tr></table>`),
			want: lines("heading2||Kết quả", "paragraph||"+first, "caption||Bảng 1", "row||TT ¦ Kết quả ¦  [0:1×2] [1:2×1]", "row|| ¦ Quý I ¦ Quý II", "row||1 ¦ 12⏎xã ¦ 15")},
		{name: "danh sách có số, có chữ cái, lồng nhau", file: "a.html", content: page("", `<ol type="I" start="2"><li>Y tế<ol type="a"><li>Tiêm</li><li>Khám</li></ol></li><li>Giáo dục</li></ol><ul><li>Khác</li></ul>`),
			want: lines("item1|II.|Y tế", "item2|a.|Tiêm", "item2|b.|Khám", "item1|III.|Giáo dục", "item1|•|Khác")},
		{name: "chữ gạch bỏ và chữ thêm", file: "a.html", content: page("", `<p>Có <del>503</del><ins>516</ins> cháu.</p><p><s>Bỏ 7 mục.</s></p>`),
			want: lines("paragraph||Có 516 cháu. {516 503}", "paragraph||Bỏ 7 mục. (deleted) {7}")},
		{name: "trang do Word lưu: nhiều phần, không có gì quanh", file: "a.doc", content: page("", `<div class=WordSection1><p class=MsoNormal>`+first+`</p></div><br><div class=WordSection2><p class=MsoNormal>Phần hai ngắn.</p></div>`),
			want: lines("paragraph||"+first, "paragraph||Phần hai ngắn.")},
		{name: "ảnh và chú thích ảnh", file: "a.html", content: page("", `<p>`+first+`</p><p><img src=x></p><p><em>Quang cảnh hội nghị</em></p><figure><img><figcaption>Ảnh hai</figcaption></figure><p>`+second+`</p>`),
			want: lines("paragraph||"+first, "caption||Quang cảnh hội nghị", "caption||Ảnh hai", "paragraph||"+second)},
	}
}

func TestPagesOfPortalsAreReadByTheirArticles(t *testing.T) { check(t, pageTraps()) }
