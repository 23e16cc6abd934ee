package document

import (
	"strings"
	"testing"
)

// What every page of this file says: its title, a lead, paragraphs with figures, a picture with its words, a table, and who
// wrote it.
const (
	portalTitle = "Khối khoa giáo sơ kết công tác phối hợp sáu tháng đầu năm"
	portalLead  = "Sáng 05/7/2022, Ban Tuyên giáo Tỉnh ủy Vân Sơn tổ chức hội nghị sơ kết công tác phối hợp với các sở, ngành trong khối khoa giáo."
	portalOne   = "Theo báo cáo tại hội nghị, toàn tỉnh có 88/96 xã đạt tiêu chí quốc gia về y tế, 412 trường học đạt chuẩn, tăng 17 trường so với cùng kỳ."
	portalTwo   = "Kết luận hội nghị, đồng chí Trưởng ban đề nghị các ngành rà soát chỉ tiêu còn thấp, gửi báo cáo bổ sung trước ngày 20/7/2022."
	portalWords = "Các đại biểu dự hội nghị tại trụ sở Tỉnh ủy"
	portalBy    = "Lê Minh Hòa"
)

// portalTraps are pages as further engines write them, each with what stands around an article: menus, the path to it, buttons
// to share it, lists of other news with their own dates, a box of links, a footer.
func portalTraps() []trap {
	page := func(head, body string) []byte {
		return []byte("<!DOCTYPE html><html lang=vi><head><meta charset=utf-8>" + head + "</head><body>" + body + "</body></html>")
	}
	news := func(class, day string) string {
		var b strings.Builder
		for _, title := range []string{"Tập huấn phần mềm báo cáo cho đầu mối các sở, ngành, các huyện ủy, thành ủy", "Giám sát việc thực hiện chế độ dinh dưỡng học đường tại huyện Trà Khê",
			"Triển khai tháng cao điểm tiêm chủng mở rộng trên địa bàn toàn tỉnh, bắt đầu từ tuần sau"} {
			b.WriteString(`<li class="` + class + `"><a href="/t" title="` + title + `">` + title + `</a> <span>` + day + `</span></li>`)
		}
		return "<ul>" + b.String() + "</ul>"
	}
	table := `<table border="1"><tbody><tr><td>Ngành</td><td>Đã gửi</td><td>Còn thiếu</td></tr><tr><td>Y tế</td><td>6</td><td>0</td></tr><tr><td>Giáo dục</td><td>5</td><td>1</td></tr></tbody></table>`
	rows := []string{"row||Ngành ¦ Đã gửi ¦ Còn thiếu", "row||Y tế ¦ 6 ¦ 0", "row||Giáo dục ¦ 5 ¦ 1"}
	want := func(day string, blocks ...string) string {
		all := append([]string{"heading1||" + portalTitle, "paragraph||" + day}, blocks...)
		return lines(all...)
	}
	text := append([]string{"paragraph||" + portalLead, "paragraph||" + portalOne, "caption||" + portalWords}, append(rows, "paragraph||"+portalTwo, "paragraph||"+portalBy)...)
	return []trap{
		{name: "cổng Joomla đủ mục quanh bài", file: "a.html", want: want("Ngày đăng: 05 Tháng 7 2022 (05/07/2022 16:10)", text...),
			content: page(`<title>`+portalTitle+`</title>`, `<div class="body"><header class="header" role="banner"><a class="brand" href="/">Cổng thông tin Vân Sơn</a></header>
<nav class="navigation" role="navigation"><ul class="nav menu nav-pills mod-list">`+news("item-101", "")+`</ul></nav>
<div class="row-fluid"><div id="aside" class="span3"><div class="well"><h3>Tin mới</h3>`+news("latestnews", "04/07/2022")+`</div></div>
<main id="content" role="main" class="span9"><div class="breadcrumbs"><span>Bạn đang ở: </span><a href="/">Trang chủ</a> » Tin khoa giáo</div>
<div class="item-page" itemscope><div class="page-header"><h2 itemprop="headline">`+portalTitle+`</h2></div>
<div class="icons"><div class="btn-group pull-right"><a class="btn dropdown-toggle" href="#"><span class="icon-cog"></span></a><ul class="dropdown-menu"><li class="print-icon"><a href="?print=1">In bài</a></li><li class="email-icon"><a href="/mailto">Gửi thư điện tử</a></li></ul></div></div>
<dl class="article-info muted"><dt class="article-info-term">Chi tiết</dt><dd class="createdby">Viết bởi <span>Ban Biên tập</span></dd><dd class="published">Ngày đăng: 05 Tháng 7 2022 (05/07/2022 16:10)</dd><dd class="hits">Lượt xem: 1204</dd></dl>
<div itemprop="articleBody"><p><strong>`+portalLead+`</strong></p><p>`+portalOne+`</p><p style="text-align:center"><img src="h.jpg" alt=""></p><p style="text-align:center"><em>`+portalWords+`</em></p>`+table+`<p>`+portalTwo+`</p><p style="text-align:right"><strong>`+portalBy+`</strong></p></div>
<ul class="pager pagenav"><li class="previous"><a href="/t1">Trước</a></li><li class="next"><a href="/t2">Tiếp</a></li></ul></div></main></div></div>
<footer class="footer"><p>Bản quyền thuộc cổng thông tin Vân Sơn, giấy phép số 12/GP ngày 02/01/2020, điện thoại, thư điện tử và địa chỉ liên hệ.</p></footer>`)},
		{name: "cổng DNN: bài trong nhiều lớp mô-đun", file: "a.html", want: want("Thứ ba, 05/07/2022, 16:10", text...),
			content: page(`<title>`+portalTitle+` > Tin tức</title>`, `<form method="post" action="/tin" id="Form" enctype="multipart/form-data"><input type="hidden" name="__VIEWSTATE" value="x">
<div id="dnn_ctr1_ContentPane" class="LeftPane"><div class="DnnModule DnnModule-HTML"><div class="Normal"><h4>Liên kết website</h4><select><option>Chọn</option><option>Cổng tỉnh</option></select></div></div></div>
<div class="topnav"><div id="dnn_NAV" class="mainMenu">`+news("root", "")+`</div></div>
<div class="DnnModule DnnModule-NewsView"><div class="contentPane"><div class="news_detail"><div class="duongdan"><a href="/">Trang chủ</a> / <a href="/kg">Khoa giáo</a></div>
<div class="ArticleTitle"><span id="dnn_ctr2_lblTitle" class="title_detail">`+portalTitle+`</span></div><div class="ArticleDate"><span id="lblDate">Thứ ba, 05/07/2022, 16:10</span></div>
<div class="fontsize">Cỡ chữ: <a href="#">A-</a> <a href="#">A+</a> <a href="#">Đọc bài viết</a></div>
<div class="ArticleSummary">`+portalLead+`</div><div class="ArticleContent"><div>`+portalOne+`</div><div style="text-align:center"><img src="a.jpg"></div><div style="text-align:center"><i>`+portalWords+`</i></div>`+table+`<div>`+portalTwo+`</div></div>
<div class="ArticleAuthor" style="text-align:right"><b>`+portalBy+`</b></div>
<div class="ShareBox"><a href="#fb">Facebook</a> <a href="#zl">Zalo</a> <a href="#in">In trang</a></div>
<div class="OtherArticles"><h3>Các tin cùng chuyên mục</h3>`+news("other", "(30/06/2022)")+`</div></div></div></div>
<div id="dnn_FooterPane" class="FooterPane"><div class="Normal">Cơ quan chủ quản: Tỉnh ủy Vân Sơn. Giấy phép số 45/GP-TTĐT ngày 10/3/2019, chịu trách nhiệm chính: Trưởng ban biên tập.</div></div></form>`)},
		{name: "cổng VNPT: nút chia sẻ và tin cùng mục trong khối bài", file: "a.html", want: want("05/07/2022 | 16:10", text...),
			content: page(`<title>Cổng thông tin điện tử</title><meta property="og:title" content="`+portalTitle+`"><meta property="og:site_name" content="Cổng thông tin điện tử Vân Sơn">`, `<div class="wrapper"><div class="top-bar"><span>Thứ Sáu, 12/08/2022</span> <a href="/dn">Đăng nhập</a></div>
<div class="main-menu"><ul><li><a href="/">Giới thiệu</a></li><li><a href="/tt">Tin tức</a></li></ul></div>
<div class="vnpt-col-left"><div class="detail-news"><div class="detail-news-title"><h1>`+portalTitle+`</h1></div><div class="detail-news-date"><span class="post-date">05/07/2022 | 16:10</span><span class="view">Lượt xem: 99</span></div>
<div class="social-share"><a href="#1">Chia sẻ</a><a href="#2">Thích</a></div><div class="detail-news-sapo"><b>`+portalLead+`</b></div>
<div class="detail-news-content"><p>`+portalOne+`</p><figure class="image"><img src="k.jpg"><figcaption>`+portalWords+`</figcaption></figure>`+table+`<p>`+portalTwo+`</p><p style="text-align:right">`+portalBy+`</p></div>
<div class="news-same-category"><div class="box-title">Tin cùng chuyên mục</div>`+news("n", "01/07/2022")+`</div><div class="comment-box"><textarea></textarea><p>Ý kiến bạn đọc sẽ được xét duyệt trước khi đăng, xin viết bằng tiếng Việt có dấu, không quá 500 chữ.</p></div></div></div>
<div class="vnpt-col-right"><div class="box"><div class="box-title">Thông báo</div>`+news("tb", "11/08/2022")+`</div></div><div class="footer-site">Ban biên tập cổng thông tin điện tử tỉnh, địa chỉ: số 1 đường Trần Phú, điện thoại và thư điện tử của ban.</div></div>`)},
		{name: "WordPress: tác giả, thẻ, bài liên quan trong bài", file: "a.html", want: want("05/07/2022", text...),
			content: page(`<title>`+portalTitle+` – Ban Tuyên giáo Vân Sơn</title>`, `<div id="page" class="site"><a class="skip-link" href="#c">Tới nội dung</a><header id="masthead" class="site-header"><div class="site-branding"><p class="site-title"><a href="/">Ban Tuyên giáo Vân Sơn</a></p></div><nav id="site-navigation" class="main-navigation">`+news("menu-item", "")+`</nav></header>
<div id="content" class="site-content"><main id="main"><article id="post-77" class="post-77 post type-post status-publish hentry category-khoa-giao"><header class="entry-header"><h1 class="entry-title">`+portalTitle+`</h1><div class="entry-meta"><span class="posted-on">05/07/2022</span><span class="byline"> bởi <a href="/author/qt">Quản trị</a></span></div></header>
<div class="entry-content"><p>`+portalLead+`</p><p>`+portalOne+`</p><figure class="wp-block-image size-large"><img src="x.jpg"><figcaption class="wp-element-caption">`+portalWords+`</figcaption></figure><figure class="wp-block-table">`+table+`</figure><p>`+portalTwo+`</p><p class="has-text-align-right">`+portalBy+`</p>
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Chia sẻ:</h3><ul><li><a href="#f">Facebook</a></li><li><a href="#t">Twitter</a></li></ul></div><div class="jp-relatedposts"><h3>Có liên quan</h3>`+news("jp", "02/05/2022")+`</div></div>
<footer class="entry-footer"><span class="cat-links">Chuyên mục <a href="/kg">Khoa giáo</a></span> <span class="tags-links">Thẻ <a href="/sk">sơ kết</a></span></footer></article>
<nav class="navigation post-navigation"><a href="/truoc">Bài trước: Hội nghị báo cáo viên tháng sáu</a></nav><div id="comments" class="comments-area"><h2>Để lại bình luận</h2><p>Thư điện tử của bạn sẽ không được hiển thị công khai, các trường bắt buộc được đánh dấu.</p></div></main>
<aside id="secondary" class="widget-area"><section class="widget widget_recent_entries">`+news("r", "03/07/2022")+`</section></aside></div><footer id="colophon" class="site-footer">Chạy bằng phần mềm nguồn mở.</footer></div>`)},
		{name: "Liferay: khung nội dung có nút, tài liệu kèm, tin khác", file: "a.html", want: want("05-07-2022 16:10", text...),
			content: page(`<title>`+portalTitle+` - Chi tiết tin - Vân Sơn</title>`, `<div id="wrapper"><header id="banner" role="banner"><div id="heading"><h1 class="site-title"><a class="logo" href="/"><span>Vân Sơn</span></a></h1></div><div class="sort-pages modify-pages" id="navigation">`+news("lfr-nav-item", "")+`</div></header>
<section id="content"><h1 class="hide-accessible">Chi tiết tin - Vân Sơn</h1><div class="portlet-layout row-fluid"><div class="portlet-column span8"><div class="portlet-boundary portlet-asset-publisher"><section class="portlet"><div class="portlet-content"><div class="asset-full-content"><div class="asset-actions"><a href="#p">In</a></div><div class="asset-content">
<div class="journal-content-article"><div class="details"><div class="details__header"><h2 class="details__headline">`+portalTitle+`</h2><div class="details__meta"><div class="meta-date">05-07-2022 16:10</div><div class="meta-tools"><a href="#-">Xem cỡ chữ</a><a href="#p">Đọc bài viết</a></div></div></div>
<div class="details__content"><div class="details__summary"><p>`+portalLead+`</p></div><div class="details__main"><p>`+portalOne+`</p><div class="img-wrap"><img src="i.png"></div><p style="text-align:center;font-style:italic"><span>`+portalWords+`</span></p>`+table+`<p>`+portalTwo+`</p></div><div class="details__author"><p>`+portalBy+`</p></div></div></div></div></div>
<div class="asset-ratings"><span>Đánh giá:</span> <a href="#1">1 sao</a></div><div class="asset-links"><h3>Tin liên quan</h3>`+news("asset-link", "28-06-2022")+`</div></div></div></section></div></div>
<div class="portlet-column span4"><div class="portlet-boundary"><section class="portlet"><h2 class="portlet-title">Văn bản mới</h2>`+news("vb", "10-07-2022")+`</section></div></div></div></section><footer id="footer" role="contentinfo">Trang thông tin điện tử của tỉnh, ghi rõ nguồn khi phát lại.</footer></div>`)},
		{name: "SharePoint: phần web, ngày ở cuối bài", file: "a.html", want: want("05/07/2022 04:10 CH", text...),
			content: page(`<title>`+portalTitle+`</title><meta name="GENERATOR" content="Microsoft SharePoint">`, `<form method="post" action="x.aspx" id="aspnetForm"><div id="s4-workspace"><div id="s4-titlerow" class="ms-dialogHidden"><div id="DeltaTopNavigation" class="ms-core-navigation" role="navigation">`+news("static", "")+`</div></div>
<div class="ms-breadcrumb-box"><span><a href="/">Trang chủ</a> > <a href="/kg">Khoa giáo</a></span></div><div id="DeltaPlaceHolderMain"><div class="welcome-content"><div class="row"><div class="col-md-8"><div id="WebPartWPQ2" class="ms-WPBody"><div class="news-detail"><div class="news-title">`+portalTitle+`</div><div class="news-info"><span class="date-time">05/07/2022 04:10 CH</span> <span class="tools"><a href="#in">In tin</a></span></div>
<div class="ms-rtestate-field" style="display:inline"><p class="sapo">`+portalLead+`</p><p>&#8203;`+portalOne+`</p><table class="image-box" align="center"><tbody><tr><td><img src="a.jpg"></td></tr><tr><td><em>`+portalWords+`</em></td></tr></tbody></table>`+table+`<p>`+portalTwo+`</p><p align="right"><strong>`+portalBy+`</strong></p></div></div></div>
<div id="WebPartWPQ3" class="ms-WPBody"><div class="tin-moi-hon"><b>Các tin mới hơn:</b>`+news("dfwp-item", "(09/07/2022)")+`</div><div class="tin-cu-hon"><b>Các tin đã đưa:</b>`+news("dfwp-item", "(01/07/2022)")+`</div></div></div><div class="col-md-4"><div class="ms-webpart-zone">`+news("link-item", "")+`</div></div></div></div></div><div class="ms-footer">Cổng thông tin điện tử của tỉnh, mọi góp ý xin gửi về ban biên tập, số 1 đường Hùng Vương.</div></div></form>`)},
		{name: "Drupal: khối bài của vùng nội dung, tệp đính kèm, dẫn văn bản bằng liên kết", file: "a.html", want: lines("heading1||"+portalTitle, "paragraph||T3, 05/07/2022 - 16:10", "paragraph||"+portalLead,
			"paragraph||Hội nghị nhắc lại Kế hoạch số 15-KH/TU và Công văn số 22-CV/BTGTU về chế độ báo cáo.", "paragraph||"+portalOne, "item1|•|Kế hoạch 15.pdf", "item1|•|Biểu số liệu.docx", "item1|•|Nghị quyết số 20-NQ/TW", "item1|•|Quyết định số 1207/QĐ-UBND", "paragraph||"+portalTwo),
			content: page(`<title>`+portalTitle+` | Tỉnh ủy Vân Sơn</title>`, `<div class="layout-container"><header role="banner"><div class="region region-header"><div id="block-branding"><a href="/" rel="home">Tỉnh ủy Vân Sơn</a></div><nav id="block-main-menu" class="block-menu">`+news("menu-item", "")+`</nav></div></header>
<div class="region region-breadcrumb"><nav class="breadcrumb"><ol><li><a href="/">Trang chủ</a></li></ol></nav></div><main role="main"><div class="layout-content"><div class="region region-content"><div id="block-page-title"><h1><span class="field field--name-title">`+portalTitle+`</span></h1></div>
<div id="block-content"><article role="article" class="node node--type-article"><footer class="node__meta"><div class="node__submitted">Gửi bởi <span>bientap</span> vào <span>T3, 05/07/2022 - 16:10</span></div></footer>
<div class="node__content"><div class="field field--name-body"><p>`+portalLead+`</p><p>Hội nghị nhắc lại <a href="/vb/15">Kế hoạch số 15-KH/TU</a> và <a href="/vb/22">Công văn số 22-CV/BTGTU</a> về chế độ báo cáo.</p><p>`+portalOne+`</p><ul><li><a href="/f/ke-hoach.pdf">Kế hoạch 15.pdf</a></li><li><a href="/f/bieu.docx?x=1">Biểu số liệu.docx</a></li></ul><ul><li><a href="/vb/20">Nghị quyết số 20-NQ/TW</a></li><li><a href="/vb/7">Quyết định số 1207/QĐ-UBND</a></li></ul><p>`+portalTwo+`</p></div>
<div class="field field--name-field-tags"><div class="field__label">Thẻ</div><div class="field__items"><div><a href="/t1">khoa giáo</a></div><div><a href="/t2">sơ kết</a></div></div></div></div></article></div></div></div>
<aside class="layout-sidebar-second"><div class="views-element">`+news("views-row", "04/07/2022")+`</div></aside></main><footer role="contentinfo"><p>Trang thông tin của Tỉnh ủy, số giấy phép và địa chỉ cơ quan chủ quản.</p></footer></div>`)},
		{name: "cổng cũ: bảng lồng bảng, tin khác ở cuối ô bài", file: "a.html", want: lines("heading1||"+portalTitle, "paragraph||[05/07/2022 16:10]", "paragraph||"+portalLead, "paragraph||"+portalOne, "caption||"+portalWords,
			"paragraph||"+portalTwo, "paragraph||"+portalBy),
			content: page(`<title>`+portalTitle+`</title>`, `<table width="1000" align="center"><tr><td colspan="3"><img src="banner.jpg"></td></tr><tr><td colspan="3" class="menungang"><a href="1">Trang chủ</a> | <a href="2">Giới thiệu</a> | <a href="3">Liên hệ</a></td></tr>
<tr valign="top"><td width="180"><table><tr><td class="tieudebox">Chuyên mục</td></tr><tr><td>`+news("cm", "")+`</td></tr></table></td><td width="620"><table width="100%"><tr><td class="tieudetin">`+portalTitle+`</td></tr><tr><td><font color="gray">[05/07/2022 16:10]</font></td></tr>
<tr><td><div align="justify"><b>`+portalLead+`</b></div><div align="justify">`+portalOne+`</div><div align="center"><img src="1.jpg"><br><i>`+portalWords+`</i></div><div align="justify">`+portalTwo+`</div><div align="right"><b>`+portalBy+`</b></div></td></tr>
<tr><td><b>Tin đã đưa:</b>`+news("tdd", "(28/06/2022)")+`</td></tr></table></td><td width="200"><table><tr><td>`+news("tb", "(12/07/2022)")+`</td></tr></table></td></tr><tr><td colspan="3" align="center">Bản quyền của cơ quan, địa chỉ, điện thoại, thư điện tử, số lượt truy cập trang này.</td></tr></table>`)},
	}
}

func TestPagesOfFurtherEnginesAreReadByTheirArticles(t *testing.T) { check(t, portalTraps()) }
