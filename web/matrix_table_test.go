package web_test

import "giaoban/access"

// Two answers that no act gives: everybody, and everybody with an account.
const (
	anybody    access.Act = 200
	anyAccount access.Act = 201
)

// route is one row: which act opens a pattern, whose object stands in its address, and a form that is right enough to
// reach the question of authority. With several acts any one of them opens it.
type route struct {
	acts    []access.Act
	of      string   // kind of object in the address; "" for none
	form    string   // for a POST; {org} is the object's body
	queries []string // other ways to ask the same page: filters, search, counts
	last    bool     // spoils the others: tried at the very end
}

func on(of string, act ...access.Act) route { return route{acts: act, of: of} }

func with(of, form string, act ...access.Act) route { return route{acts: act, of: of, form: form} }

// authority says of every address of the program what it takes to enter. A route without a row here fails the test.
var authority = map[string]route{
	"GET /{$}":                   on("", anybody),
	"GET /dang-nhap":             on("", anybody),
	"POST /dang-nhap":            with("", "login=khong.co&password=khong.dung", anybody),
	"POST /dang-nhap/vao-thu":    {acts: []access.Act{anybody}, form: "person={person}", last: true},
	"POST /dang-xuat":            {acts: []access.Act{anyAccount}, last: true},
	"GET /phim-tat":              on("", anyAccount),
	"GET /con-day":               on("", anyAccount),
	"GET /ban-lam-viec":          on("", anyAccount),
	"GET /phan-quyen":            on("", anyAccount),
	"GET /mat-khau":              on("", anyAccount),
	"POST /mat-khau":             with("", "current=sai&password=a&again=b", anyAccount),
	"GET /the-thuc/{profile}":    on("", anyAccount),
	"GET /nhat-ky":               {acts: []access.Act{access.ReadJournal}, queries: []string{"?nguoi=mac", "?loai=door", "?truoc=50"}},
	"GET /nhat-ky/kiem-tra":      on("", access.ReadJournal),
	"GET /tep/{file}":            on("file", access.ReadFile),
	"GET /nguon-goc/{kind}/{id}": on("origin", access.ReadLineage),

	"GET /bao-cao":                               {acts: []access.Act{access.ReadReport}, queries: []string{"?co-quan=SGDDT", "?org=SGDDT"}},
	"GET /bao-cao/nhan":                          on("", access.AcceptReport, access.GrantReportExtension),
	"GET /bao-cao/{obligation}":                  on("obligation", access.ReadReport),
	"GET /bao-cao/{obligation}/soan":             on("obligation", access.DraftReport),
	"POST /bao-cao/{obligation}/luu":             with("obligation", "version=0", access.DraftReport),
	"POST /bao-cao/{obligation}/luu-nhap":        with("obligation", "version=0", access.DraftReport),
	"POST /bao-cao/{obligation}/lay-ky-truoc":    with("obligation", "version=0", access.DraftReport),
	"POST /bao-cao/{obligation}/gui":             with("obligation", "version=0", access.SubmitReport),
	"GET /bao-cao/{obligation}/khong-phat-sinh":  on("obligation", access.SubmitReport),
	"POST /bao-cao/{obligation}/khong-phat-sinh": with("obligation", "reason=Trong+kỳ+không+phát+sinh.", access.SubmitReport),
	"POST /bao-cao/{obligation}/xin-gia-han":     with("obligation", "due=2022-07-20&reason=Chờ+số+liệu", access.AskReportExtension),
	"POST /bao-cao/{obligation}/cho-gia-han":     with("obligation", "due=2022-07-20&reason=Đồng+ý", access.GrantReportExtension),
	"POST /bao-cao/{obligation}/don-doc":         with("obligation", "channel=phone&note=Đã+gọi", access.NoteReminder),
	"POST /bao-cao/{obligation}/thoi-cho":        {acts: []access.Act{access.GrantReportExtension}, of: "obligation", form: "reason=Cơ+quan+không+còn", last: true},
	"GET /bao-cao/{obligation}/nhap-thay":        on("obligation", access.EnterPaperReport),
	"POST /bao-cao/{obligation}/nhap-thay":       with("obligation", "version=0", access.EnterPaperReport),
	"GET /bao-cao/{regime}/ma-tran":              {acts: []access.Act{access.ReadReport}, queries: []string{"?n=24"}},
	"GET /bao-cao/{regime}/{period}/chua-nop":    on("", access.NoteReminder, access.GrantReportExtension),
	"GET /ban-bao-cao/{submission}":              on("submission", access.ReadReport),
	"GET /ban-bao-cao/{submission}/in":           on("submission", access.ReadReport),
	"GET /bien-nhan/{submission}":                on("submission", access.ReadReport),
	"POST /ban-bao-cao/{submission}/nhan":        with("submission", "next=1", access.AcceptReport),
	"POST /ban-bao-cao/{submission}/bo-sung":     with("submission", "due=2022-07-20&reason=Thiếu+số&place=", access.ReturnReport),

	"GET /tong-hop":                                        {acts: []access.Act{access.ReadConsolidation}, queries: []string{"?regime=kg-quy&period=2022-Q1"}},
	"GET /tong-hop/{regime}/{period}":                      {acts: []access.Act{access.ReadConsolidation}, queries: []string{"?include=submitted"}},
	"GET /tong-hop/{regime}/{period}/chi-tieu/{indicator}": on("", access.ReadConsolidation),
	"GET /tong-hop/{regime}/{period}/loi-van":              on("", access.ReadConsolidation),
	"POST /tong-hop/{regime}/{period}/loi-van":             on("", access.DraftConsolidation),
	"POST /tong-hop/{regime}/{period}/doan":                with("", "version=0&act=bo.khong-co&reason=thử", access.DraftConsolidation),
	"POST /tong-hop/{regime}/{period}/cap-nhat":            with("", "version=0", access.DraftConsolidation),
	"GET /tong-hop/{regime}/{period}/khung":                on("", access.DraftConsolidation),
	"POST /tong-hop/{regime}/{period}/khung":               with("", "version=0&subject=a", access.DraftConsolidation),
	"GET /tong-hop/{regime}/{period}/ky":                   on("", access.SignConsolidation),
	"POST /tong-hop/{regime}/{period}/ky":                  with("", "version=0&signer=A&title=B", access.SignConsolidation),
	"GET /tong-hop/{regime}/{period}/tai/{format}":         on("", access.ReadConsolidation),
	"GET /kien-nghi":                                       {acts: []access.Act{access.ReadReport}, queries: []string{"?trang-thai=", "?trang-thai=accepted"}},
	"GET /kien-nghi/{proposal}":                            on("proposal", access.ReadReport),
	"POST /kien-nghi/{proposal}":                           with("proposal", "kind=accepted&reason=Ghi+nhận", access.AnswerProposal),

	"GET /giao-ban":                   {acts: []access.Act{access.ReadBriefing}, queries: []string{"?nam=2022"}},
	"GET /giao-ban/lap":               on("", access.PrepareBriefing),
	"POST /giao-ban":                  with("", "regime=kg-quy&period=2022-Q3", access.PrepareBriefing),
	"GET /giao-ban/{id}":              on("briefing", access.ReadBriefing),
	"GET /giao-ban/{id}/sua":          on("briefing", access.PrepareBriefing),
	"POST /giao-ban/{id}/sua":         with("briefing", "version=0", access.PrepareBriefing),
	"POST /giao-ban/{id}/giay-moi":    on("briefing", access.PrepareBriefing),
	"GET /giao-ban/{id}/thanh-phan":   on("briefing", access.ReadBriefing),
	"POST /giao-ban/{id}/dai-bieu":    with("seat", "body={org}&delegate_name=A&delegate_title=B&reason=C", access.SpeakAtBriefing),
	"POST /giao-ban/{id}/diem-danh":   on("briefing", access.ConcludeBriefing),
	"GET /giao-ban/{id}/ho-so":        on("briefing-inside", access.ReadBriefing),
	"GET /giao-ban/{id}/ho-so.docx":   on("briefing-inside", access.ReadBriefing),
	"POST /giao-ban/{id}/ho-so":       on("briefing", access.PrepareBriefing),
	"GET /giao-ban/{id}/bo-sung":      on("briefing-inside", access.ReadBriefing),
	"GET /giao-ban/{id}/dien-bien":    on("briefing", access.ReadBriefing),
	"POST /giao-ban/{id}/dien-bien":   with("briefing", "version=0&course=a", access.ConcludeBriefing),
	"POST /giao-ban/{id}/tham-luan":   with("seat", "body={org}&subject=A&words=B&version=0", access.SpeakAtBriefing),
	"POST /giao-ban/{id}/ghi":         with("seat", "body={org}&notes=A&sort=1&version=0", access.ConcludeBriefing),
	"GET /giao-ban/{id}/ket-luan":     on("briefing", access.ReadBriefing),
	"POST /giao-ban/{id}/ket-luan":    with("briefing", "version=&numbers=1&words-1=a&kind-1=guidance", access.ConcludeBriefing),
	"POST /giao-ban/{id}/lay-du-thao": on("briefing", access.ConcludeBriefing),
	"POST /giao-ban/{id}/bo-dong":     with("briefing", "no=1&mark=x", access.ConcludeBriefing),
	"GET /giao-ban/{id}/ket-thuc":     on("briefing", access.ConcludeBriefing),
	"POST /giao-ban/{id}/ket-thuc":    on("briefing", access.ConcludeBriefing),
	"POST /giao-ban/{id}/mo-lai":      with("briefing", "reason=Thử", access.ConcludeBriefing),
	"GET /giao-ban/{id}/thong-bao":    on("briefing-inside", access.ReadBriefing),
	"POST /giao-ban/{id}/thong-bao":   with("briefing", "title=A&signer=B", access.PrepareBriefing),
	"GET /giao-ban/{id}/ket-qua":      on("briefing", access.ReadBriefing),

	"GET /nhiem-vu":                     {acts: []access.Act{access.ReadTask}, queries: []string{"?trang-thai=", "?chu-tri=SGDDT&trang-thai=", "?chu-tri=PKG", "?chu-tri=BTGNH&trang-thai=open", "?sau=0"}},
	"GET /nhiem-vu/{id}":                on("task", access.ReadTask),
	"POST /nhiem-vu/{id}/tiep-nhan":     on("task", access.WorkOnTask),
	"POST /nhiem-vu/{id}/tien-do":       with("task", "note=Đang+làm", access.WorkOnTask),
	"POST /nhiem-vu/{id}/xin-gia-han":   with("task", "due=2022-08-20&reason=Chờ", access.WorkOnTask),
	"POST /nhiem-vu/{id}/hoan-thanh":    with("task", "note=Xong&paper=1-BC", access.WorkOnTask),
	"POST /nhiem-vu/{id}/gia-han":       with("task", "org={org}&due=2022-08-20&reason=Được", access.JudgeTask),
	"POST /nhiem-vu/{id}/khong-gia-han": with("task", "org={org}&reason=Không", access.JudgeTask),
	"POST /nhiem-vu/{id}/nghiem-thu":    with("task", "note=Được", access.JudgeTask),
	"POST /nhiem-vu/{id}/lam-lai":       with("task", "org={org}&reason=Thiếu&due=2022-08-20", access.JudgeTask),
	"POST /nhiem-vu/{id}/rut":           {acts: []access.Act{access.AssignTask}, of: "task", form: "reason=Thôi&paper=2-TB", last: true},

	"GET /van-ban":                   {acts: []access.Act{access.ReadPaper}, queries: []string{"?trang-thai=draft", "?loai=TB"}},
	"GET /van-ban/{id}":              on("paper", access.ReadPaper),
	"GET /van-ban/{id}/xem":          on("paper", access.ReadPaper),
	"GET /van-ban/{id}/tai/{format}": on("paper", access.ReadPaper),
	"POST /van-ban/{id}/ky":          with("paper", "signer=A&title=B&version=0", access.SignPaper),
	"POST /van-ban/{id}/vao-so":      with("paper", "number=77&date=20/6/2022", access.NumberPaper),
	"POST /van-ban/{id}/phat-hanh":   on("paper", access.ReleasePaper),
	"POST /van-ban/{id}/rut":         with("paper-released", "reason=Thôi", access.ReleasePaper),
	"POST /van-ban/{id}/du-thao-moi": with("paper", "version=0", access.DraftPaper),

	"GET /che-do":                     on("", access.ReadRegime),
	"GET /che-do/moi":                 on("", access.ManageRegime),
	"POST /che-do/moi":                with("", "code=thu&name=Thử&kind=quarter&cutoff=ND09&working_days=2", access.ManageRegime),
	"GET /che-do/{regime}":            on("", access.ReadRegime),
	"GET /che-do/{regime}/sua":        on("", access.ManageRegime),
	"POST /che-do/{regime}/sua":       with("", "version=0&code=kg-quy&name=Thử&kind=quarter&cutoff=ND09&working_days=2", access.ManageRegime),
	"GET /che-do/{regime}/bieu-mau":   on("", access.ManageRegime),
	"POST /che-do/{regime}/bieu-mau":  with("", "version=0", access.ManageRegime),
	"POST /che-do/{regime}/giao":      with("", "bodies[]=khong-co&valid_from=2022-07-01&basis=Thử", access.ManageRegime),
	"POST /che-do/{regime}/thoi-giao": with("", "body=khong-co&last_day=2022-07-01&basis=Thử", access.ManageRegime),
	"POST /che-do/{regime}/kich-hoat": with("", "from=2022-Q3&form={form}", access.ManageRegime),
	"POST /che-do/{regime}/dung":      {acts: []access.Act{access.ManageRegime}, form: "version=0", last: true},
	"GET /che-do/{regime}/mo-ky":      on("", access.OpenPeriod),
	"POST /che-do/{regime}/mo-ky":     with("", "ky=2022-Q2", access.OpenPeriod),

	"GET /danh-ba":                   {acts: []access.Act{access.ReadOrg}, queries: []string{"?tim=y+te", "?ngay=01/4/2021"}},
	"GET /danh-ba/them":              on("", access.ManageOrg),
	"POST /danh-ba":                  with("", "code=X1&name=Cơ+quan+thử&short=Thử&kind=agency&valid_from=01/7/2022", access.ManageOrg),
	"GET /danh-ba/{body}":            on("body", access.ReadOrg),
	"POST /danh-ba/{body}/ten":       with("body", "name=Tên+khác&short=Khác&from=01/7/2022&basis=Thử", access.ManageOrg),
	"POST /danh-ba/{body}/cach-viet": with("body", "alias=Cách+viết+khác", access.ManageOrg),

	"GET /tai-khoan":                     on("", access.ManageAccounts),
	"GET /tai-khoan/them":                on("", access.ManageAccounts),
	"POST /tai-khoan":                    with("", "name=Thử", access.ManageAccounts),
	"GET /tai-khoan/{account}":           on("account", access.ManageAccounts),
	"POST /tai-khoan/{account}/mat-khau": with("account", "password=a&again=b", access.ManageAccounts),
	"POST /tai-khoan/{account}/chuc-vu":  with("account", "title=Thử&role=agency_officer&body={org}&from=01/7/2022", access.ManageAccounts),
	"GET /tai-khoan/{account}/khoa":      on("account", access.ManageAccounts),
	"POST /tai-khoan/{account}/khoa":     {acts: []access.Act{access.ManageAccounts}, of: "account", last: true},
	"POST /tai-khoan/{account}/mo-khoa":  on("account", access.ManageAccounts),
	"GET /chuc-vu/{post}/thoi":           on("post", access.ManageAccounts),
	"POST /chuc-vu/{post}/thoi":          {acts: []access.Act{access.ManageAccounts}, of: "post", form: "to=30/6/2022", last: true},
	"GET /ma-truy-cap":                   on("", access.ManageAccounts),
	"POST /ma-truy-cap":                  with("", "name=Thử&role=agency_officer&org=SYT", access.ManageAccounts),
	"POST /ma-truy-cap/{token}/thu-hoi":  {acts: []access.Act{access.ManageAccounts}, of: "token", last: true},
}
