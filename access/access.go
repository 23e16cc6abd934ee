// Package access holds thẩm quyền: who may do what. One page: the roles, the acts, and the table between them. Every
// writing function of a room asks it in its first line; every reading function narrows by it.
package access

import (
	"giaoban/internal/fault"
	"giaoban/internal/id"
)

// Role is a vai trò; the text is stable, outside programs use it.
type Role string

const (
	CommissionOfficer Role = "commission_officer"
	CommissionLeader  Role = "commission_leader"
	Clerk             Role = "clerk"
	AgencyOfficer     Role = "agency_officer"
	AgencyLeader      Role = "agency_leader"
	Speaker           Role = "speaker"
	Administrator     Role = "administrator"
)

// Roles in the order of the table.
var Roles = []Role{CommissionOfficer, CommissionLeader, Clerk, AgencyOfficer, AgencyLeader, Speaker, Administrator}

// Name is the office's word for the role.
func (r Role) Name() string {
	switch r {
	case CommissionOfficer:
		return "Chuyên viên Ban"
	case CommissionLeader:
		return "Lãnh đạo Ban"
	case Clerk:
		return "Văn thư"
	case AgencyOfficer:
		return "Đầu mối cơ quan"
	case AgencyLeader:
		return "Lãnh đạo cơ quan"
	case Speaker:
		return "Báo cáo viên"
	case Administrator:
		return "Quản trị"
	}
	return string(r)
}

// Known reports whether r is one of Roles.
func (r Role) Known() bool {
	for _, known := range Roles {
		if r == known {
			return true
		}
	}
	return false
}

// Reach is how far an act goes.
type Reach byte

const (
	None Reach = '-' // not at all
	Own  Reach = 'o' // for the actor's own body
	All  Reach = 'a' // for every body of the province
)

// Act is one thing that may be done; Table says by whom.
type Act uint8

const (
	ReadBodies Act = iota
	SetUpOffice
	EnterBodies
	ManageBodies
	ManageAccounts
	StateAbsence
	ReadJournal
	ReadFile
	StoreFile

	ReadRegime
	ManageRegime
	OpenPeriod
	ReadReport
	DraftReport
	ApproveReport
	SubmitReport
	EnterPaperReport
	AcceptReport
	ReturnReport
	AskReportExtension
	GrantReportExtension
	NoteReminder
	ImportValues

	ReadConsolidation
	DraftConsolidation
	ConsiderDraft
	SignConsolidation
	AnswerProposal

	ReadTask
	AssignTask
	WorkOnTask
	JudgeTask
	HandToPerson
	AssignFollowers

	ReadBriefing
	PrepareBriefing
	SpeakAtBriefing
	ConcludeBriefing
	NoteSitting
	KeepSitting

	ReadPaper
	DraftPaper
	SignPaper
	NumberPaper
	ReleasePaper
	ManageBooks
	ManageSignatureRoots

	ReadLineage

	ReadDirective
	RecordDirective
	NoteRollout
	NoteAdvice
	PlanReview
	ConfirmReviews
	ReadAppraisal
	SubmitDraft
	CommentDraft
	SignOpinion
	ConductAppraisal
	DecideUnseen
	AcceptSuccession
	ImportArchive
	ReadIncoming
	KeepIncoming
	ReadProgramme
	KeepProgramme
	ReadWorkplan
	KeepWorkplan

	// Acts is how many there are.
	Acts = iota
)

// Row is one line of the table: the act, what the office calls it, and the reach of each role in the order of Roles.
type Row struct {
	Act   Act
	Name  string
	Reach string
}

// Table is the whole of authority. Columns: chuyên viên Ban, lãnh đạo Ban, văn thư, đầu mối cơ quan, lãnh đạo cơ quan,
// báo cáo viên, quản trị.
var Table = []Row{
	{ReadBodies, "Xem danh bạ cơ quan", "aaaaaaa"},
	{SetUpOffice, "Thiết lập cơ quan", "------a"},
	{EnterBodies, "Thêm cơ quan vào danh bạ", "a-----a"},
	{ManageBodies, "Sửa danh bạ cơ quan", "------a"},
	{ManageAccounts, "Quản lý tài khoản, mã truy cập", "------a"},
	{StateAbsence, "Ghi người thay khi vắng mặt", "ooooo--"},
	{ReadJournal, "Xem nhật ký hệ thống", "-a----a"},
	{ReadFile, "Xem tệp đính kèm", "aaaoo--"},
	{StoreFile, "Tải tệp lên", "aaaoo--"},

	{ReadRegime, "Xem chế độ báo cáo", "aaaaa-a"},
	{ManageRegime, "Lập, sửa chế độ báo cáo", "a-----a"},
	{OpenPeriod, "Mở kỳ báo cáo", "a------"},
	{ReadReport, "Xem báo cáo", "aaaoo--"},
	{DraftReport, "Soạn báo cáo", "---oo--"},
	{ApproveReport, "Duyệt báo cáo của cơ quan", "----o--"},
	{SubmitReport, "Gửi báo cáo", "---oo--"},
	{EnterPaperReport, "Nhập thay báo cáo giấy", "a-a----"},
	{AcceptReport, "Nhận báo cáo", "a------"},
	{ReturnReport, "Đề nghị bổ sung báo cáo", "a------"},
	{AskReportExtension, "Xin gia hạn báo cáo", "---oo--"},
	{GrantReportExtension, "Cho gia hạn báo cáo", "aa-----"},
	{NoteReminder, "Ghi đôn đốc", "a-a----"},
	{ImportValues, "Nhập số liệu từ tệp", "a------"},

	{ReadConsolidation, "Xem tổng hợp", "aaa----"},
	{DraftConsolidation, "Soạn báo cáo tổng hợp", "a------"},
	{ConsiderDraft, "Xem xét dự thảo trình ký", "aaa----"},
	{SignConsolidation, "Ký báo cáo tổng hợp", "-a-----"},
	{AnswerProposal, "Trả lời kiến nghị", "aa-----"},

	{ReadTask, "Xem nhiệm vụ", "aaaoo--"},
	{AssignTask, "Giao, đề nghị nhiệm vụ", "aa-----"},
	{WorkOnTask, "Thực hiện nhiệm vụ", "o--oo--"},
	{JudgeTask, "Nghiệm thu, gia hạn nhiệm vụ", "aa-----"},
	{HandToPerson, "Giao việc cho người của cơ quan mình", "oo-oo--"},
	{AssignFollowers, "Phân công người của Ban theo dõi cơ quan", "aa-----"},

	{ReadBriefing, "Xem hội nghị giao ban", "aaaoo--"},
	{PrepareBriefing, "Chuẩn bị hội nghị giao ban", "a------"},
	{SpeakAtBriefing, "Đăng ký tham luận, cử người dự", "a--oo--"},
	{ConcludeBriefing, "Ghi kết luận, kết thúc hội nghị", "aa-----"},
	{NoteSitting, "Ghi nề nếp hội nghị của các cấp", "a--oo--"},
	{KeepSitting, "Ghi diễn biến, kết luận hội nghị của cấp mình", "---oo--"},

	{ReadPaper, "Xem văn bản", "aaaoo--"},
	{DraftPaper, "Soạn văn bản", "a------"},
	{SignPaper, "Ký văn bản", "-a-----"},
	{NumberPaper, "Vào số văn bản", "--a----"},
	{ReleasePaper, "Phát hành văn bản", "--a----"},
	{ManageBooks, "Đặt số tiếp theo của sổ văn bản", "--a---a"},
	{ManageSignatureRoots, "Nạp, bỏ chứng thư gốc để kiểm chữ ký số", "------a"},

	{ReadLineage, "Xem nguồn gốc", "aaaoo--"},

	{ReadDirective, "Xem sổ văn bản chỉ đạo", "aaaaaa-"},
	{RecordDirective, "Vào sổ văn bản chỉ đạo", "a-a----"},
	{NoteRollout, "Ghi việc quán triệt", "a--oo--"},
	{NoteAdvice, "Ghi việc tham mưu", "a--oo--"},
	{PlanReview, "Lập danh mục sơ kết, tổng kết", "a------"},
	{ConfirmReviews, "Duyệt danh mục sơ kết, tổng kết", "-a-----"},
	{ReadAppraisal, "Xem góp ý, thẩm định dự thảo", "aaaoo--"},
	{SubmitDraft, "Gửi dự thảo lấy góp ý, thẩm định; tiếp thu, giải trình", "a--oo--"},
	{CommentDraft, "Góp ý dự thảo", "aa-oo--"},
	{SignOpinion, "Ký ý kiến góp ý của cơ quan", "-a--o--"},
	{ConductAppraisal, "Tổ chức thẩm định, ghi dự thảo nào phải thẩm định", "a------"},
	{DecideUnseen, "Quyết định việc nêu văn bản chưa thấy hồ sơ thẩm định", "-a-----"},
	{AcceptSuccession, "Nhận bàn giao công việc khi sắp xếp cơ quan", "aa-----"},
	{ImportArchive, "Nhập, xác nhận tư liệu cũ", "aaa----"},
	{ReadIncoming, "Xem sổ văn bản đến", "aaa----"},
	{KeepIncoming, "Vào sổ văn bản đến", "a-a----"},
	{ReadProgramme, "Xem chương trình, quy chế phối hợp", "aaaoo--"},
	{KeepProgramme, "Lập chương trình, quy chế phối hợp, gắn kết quả", "a------"},
	{ReadWorkplan, "Xem kế hoạch công tác năm", "aaa----"},
	{KeepWorkplan, "Lập kế hoạch công tác năm", "a------"},
}

// Reach gives how far an act goes for a role.
func (a Act) Reach(r Role) Reach {
	for i, role := range Roles {
		if role == r && int(a) < len(Table) {
			return Reach(Table[a].Reach[i])
		}
	}
	return None
}

// Name is the office's word for the act.
func (a Act) Name() string {
	if int(a) < len(Table) {
		return Table[a].Name
	}
	return ""
}

// Actor is whoever acts: a person with a session, a token, or the system itself.
type Actor struct {
	Person   id.ID
	Name     string
	Role     Role
	Body     id.ID  // the body the actor's post belongs to
	BodyCode string // its code, for messages
	Token    id.ID  // set when the actor came with an API token
	AnyBody  bool   // the token may hand in reports of any body
	system   string
}

// Nobody is a visitor without an account.
var Nobody = Actor{}

// System acts by itself, for the reason given ("nhắc hạn"); it may do everything.
func System(reason string) Actor { return Actor{Name: reason, system: reason} }

// SignedIn tells an actor from Nobody.
func (a Actor) SignedIn() bool { return a.Role != "" || a.system != "" }

// Traced says which errors leave a line in the journal: a signed-in actor who was refused, or who asked for something
// that is not there for these eyes. Anonymous refusals are only counted.
func (a Actor) Traced(err error) bool {
	return a.SignedIn() && (fault.Is(err, fault.KindForbidden) || fault.Is(err, fault.KindMissing) || fault.Is(err, fault.KindRefused))
}

// Key is how the journal names the actor.
func (a Actor) Key() string {
	switch {
	case a.system != "":
		return "system:" + a.system
	case a.Token != "":
		return "token:" + string(a.Token)
	case a.Person != "":
		return string(a.Person)
	}
	return "nobody"
}

// OfCommission reports whether the actor works for the commission and so looks over all bodies.
func (a Actor) OfCommission() bool {
	return a.system != "" || a.Role == CommissionOfficer || a.Role == CommissionLeader || a.Role == Clerk
}

// May asks whether the actor may do act for the body org. The answer is nil or a Forbidden fault that names the act.
func (a Actor) May(act Act, org id.ID) error {
	if a.system != "" {
		return nil
	}
	if a.Role == "" {
		return fault.SignIn("Xin đăng nhập để tiếp tục.")
	}
	switch act.Reach(a.Role) {
	case All:
		return nil
	case Own:
		if org != "" && org == a.Body {
			return nil
		}
	}
	if a.AnyBody && (act == SubmitReport || act == DraftReport || act == ApproveReport) {
		return nil
	}
	return fault.Forbidden("Vai trò %s không có quyền “%s” ở đây.", a.Role.Name(), act.Name())
}

// Can is May as a yes or no, for pages that leave out what cannot be done.
func (a Actor) Can(act Act, org id.ID) bool { return a.May(act, org) == nil }

// Sees narrows reading: "" when the actor may read act's things of every body, the own body's id when only those, and
// a text that no row has when nothing. Queries say `(? = ” or org = ?)`.
func (a Actor) Sees(act Act) string {
	if a.system != "" {
		return ""
	}
	switch act.Reach(a.Role) {
	case All:
		return ""
	case Own:
		if a.Body != "" {
			return string(a.Body)
		}
	}
	return "-"
}

// Narrow is Sees for things that concern a body without being one room's: activity lines.
func (a Actor) Narrow() string {
	if a.OfCommission() || a.Role == Administrator {
		return ""
	}
	if a.Body != "" && a.Role != "" {
		return string(a.Body)
	}
	return "-"
}
