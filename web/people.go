package web

import (
	"cmp"
	"net/http"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/desk"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/people"
)

var peopleRoom = room{
	menu: entry{group: officeGroup, name: "Tài khoản", url: "/tai-khoan", key: "g a"},
	pages: []route{
		see("/tai-khoan", (*site).listAccounts, access.ManageAccounts).named("account/list"),
		see("/tai-khoan/them", (*site).newAccount, access.ManageAccounts).titled("Thêm tài khoản"),
		act("/tai-khoan", (*site).addAccount, access.ManageAccounts).hashing().titled("Thêm tài khoản").
			says("Đã thêm tài khoản. Tiếp theo: giao chức vụ để người này vào được việc.", "Mọi tài khoản", "/tai-khoan"),
		see("/tai-khoan/phieu", (*site).chooseSlips, access.ManageAccounts).titled("Phiếu mật khẩu"),
		act("/tai-khoan/phieu", (*site).printSlips, access.ManageAccounts).dealing().titled("Phiếu mật khẩu").
			says("Đã đặt mật khẩu dùng một lần. Xin in ngay: các mật khẩu này chỉ hiện một lần.", "Mọi tài khoản", "/tai-khoan"),
		see("/tai-khoan/{account}", (*site).showAccount, access.ManageAccounts).shows("account"),
		act("/tai-khoan/{account}/mat-khau", (*site).resetPassword, access.ManageAccounts).hashing().of("account").
			says("Đã đặt lại mật khẩu; mọi phiên đang mở của tài khoản này đã kết thúc.", "Mọi tài khoản", "/tai-khoan"),
		act("/tai-khoan/{account}/chuc-vu", (*site).addPost, access.ManageAccounts).of("account").
			says("Đã giao chức vụ từ ngày đã chọn.", "Mọi tài khoản", "/tai-khoan"),
		see("/tai-khoan/{account}/khoa", (*site).confirmDisable, access.ManageAccounts).of("account").titled("Khóa tài khoản"),
		act("/tai-khoan/{account}/bo-xac-thuc", (*site).dropFactor, access.ManageAccounts).of("account").
			says("Đã bỏ xác thực hai bước của tài khoản này; lần vào sau chỉ cần mật khẩu.", "Mọi tài khoản", "/tai-khoan"),
		act("/tai-khoan/xac-thuc", (*site).setLeadersCode, access.ManageAccounts).
			says("Đã lưu yêu cầu xác thực hai bước với lãnh đạo.", "Mọi tài khoản", "/tai-khoan"),
		act("/tai-khoan/{account}/khoa", (*site).disableAccount, access.ManageAccounts).of("account").
			says("Đã khóa tài khoản; mọi phiên đang mở đã kết thúc.", "Mọi tài khoản", "/tai-khoan"),
		act("/tai-khoan/{account}/mo-khoa", (*site).enableAccount, access.ManageAccounts).of("account").
			says("Đã mở khóa tài khoản; người này lại đăng nhập được.", "Mọi tài khoản", "/tai-khoan"),
		see("/chuc-vu/{post}/thoi", (*site).confirmEndPost, access.ManageAccounts).of("post").titled("Thôi chức vụ"),
		act("/chuc-vu/{post}/thoi", (*site).endPost, access.ManageAccounts).of("post").
			says("Đã ghi ngày thôi chức vụ.", "Mọi tài khoản", "/tai-khoan"),
		see("/ma-truy-cap", (*site).listTokens, access.ManageAccounts).titled("Mã truy cập"),
		act("/ma-truy-cap", (*site).addToken, access.ManageAccounts).
			says("Đã tạo mã truy cập. Mã chỉ hiện một lần này: xin chép ngay vào chương trình sẽ dùng.", "Mọi mã truy cập", "/ma-truy-cap"),
		act("/ma-truy-cap/{token}/thu-hoi", (*site).revokeToken, access.ManageAccounts).of("token").
			says("Đã thu hồi mã truy cập; chương trình dùng mã này không vào được nữa.", "Mọi mã truy cập", "/ma-truy-cap"),
	},
}

// accountsPage lists who can sign in.
type accountsPage struct {
	LeadersNeedCode bool
	Accounts        []accountLine
	Without         []people.Person // officials without an account
}

type accountLine struct {
	people.Account
	BodyName string
	State    badge
}

func (s *site) listAccounts(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	all, err := people.Accounts(tx, by)
	if err != nil {
		return Reply{}, err
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return Reply{}, err
	}
	var p accountsPage
	for _, a := range all {
		p.Accounts = append(p.Accounts, accountLine{a, names[a.Body].ShortName, accountState(a)})
	}
	if p.Without, err = withoutAccount(tx, by, all); err != nil {
		return Reply{}, err
	}
	leaders, err := org.Setting(tx, people.LeadersNeedCode)
	p.LeadersNeedCode = leaders == "1"
	return Reply{Page: "people/accounts", Data: p}, err
}

func accountState(a people.Account) badge {
	switch {
	case a.Disabled():
		return badge{"missing", "Đã khóa"}
	case a.Role == "":
		return badge{"late", "Không có chức vụ"}
	case !a.HasPhrase:
		return badge{"waiting", "Chưa có mật khẩu"}
	case a.OneTimeUntil != 0:
		return badge{"waiting", "Chờ vào lần đầu"}
	}
	return badge{"on-time", "Đang dùng"}
}

func withoutAccount(tx *db.Tx, by access.Actor, accounts []people.Account) ([]people.Person, error) {
	persons, err := people.Persons(tx, by)
	if err != nil {
		return nil, err
	}
	has := make(map[db.ID]bool, len(accounts))
	for _, a := range accounts {
		has[a.Person] = has[a.Person] || !a.Disabled()
	}
	var without []people.Person
	for _, p := range persons {
		if !has[p.ID] {
			without = append(without, p)
		}
	}
	return without, nil
}

// newAccountPage enters an official with a post and an account in one step, or gives an account to one who is known.
type newAccountPage struct {
	Persons                         []option
	Name, Phone, Login, Title, From string
	Bodies, Roles, Signings         []option
	Shortest                        int
}

func (s *site) newAccount(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	accounts, err := people.Accounts(tx, by)
	if err != nil {
		return Reply{}, err
	}
	p := newAccountPage{Name: r.FormValue("name"), Phone: r.FormValue("phone"), Login: r.FormValue("login"), Title: r.FormValue("title"),
		From: cmp.Or(r.FormValue("from"), calendar.OfInstant(tx.Clock()).Vietnamese()), Shortest: people.ShortestPassword}
	if p.Bodies, p.Roles, p.Signings, err = postChoices(tx, r); err != nil {
		return Reply{}, err
	}
	without, err := withoutAccount(tx, by, accounts)
	chosen := r.FormValue("person")
	p.Persons = []option{{"", "Người mới (ghi họ tên ở dưới)", chosen == ""}}
	for _, person := range without {
		p.Persons = append(p.Persons, option{string(person.ID), person.Name, string(person.ID) == chosen})
	}
	return Reply{Page: "people/new", Data: &p}, err
}

func postChoices(tx *db.Tx, r *http.Request) (bodies, roles, signings []option, err error) {
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	chosen := r.FormValue("body")
	bodies = append([]option{{"", "Chọn cơ quan", chosen == ""}}, bodyOptions(names, calendar.OfInstant(tx.Clock()), db.ID(chosen))...)
	roles = []option{{"", "Chọn vai trò", r.FormValue("role") == ""}}
	for _, role := range access.Roles {
		roles = append(roles, option{string(role), role.Name(), r.FormValue("role") == string(role)})
	}
	for _, way := range people.Signings {
		signings = append(signings, option{string(way), way.Name(), r.FormValue("signs") == string(way)})
	}
	return bodies, roles, signings, err
}

func (s *site) addAccount(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.newAccount(tx, by, r)
	if err != nil {
		return again, err
	}
	h := hashedOf(r)
	var wrong fault.List
	if err := wrong.AddError("password", h.err); err != nil {
		return again, err
	}
	person := db.ID(r.FormValue("person"))
	if person == "" && r.FormValue("name") == "" {
		wrong.Add("name", "Cần họ và tên của cán bộ, hoặc chọn người đã có trong danh sách.")
	}
	if r.FormValue("login") == "" {
		wrong.Add("login", "Cần tên đăng nhập.")
	}
	if person == "" || r.FormValue("title") != "" {
		requirePost(r, &wrong)
	}
	if err := wrong.Err(); err != nil {
		return again, err
	}
	if person == "" {
		if person, err = people.AddPerson(tx, by, r.FormValue("name"), r.FormValue("phone")); err != nil {
			return again, err
		}
	}
	if r.FormValue("title") != "" {
		if err := addPostTo(tx, by, person, r); err != nil {
			return again, err
		}
	}
	account, err := people.AddAccount(tx, by, person, r.FormValue("login"), h.hash)
	if err != nil {
		return again, err
	}
	return Reply{To: "/tai-khoan/" + string(account)}, nil
}

// requirePost lists what a post still lacks.
func requirePost(r *http.Request, wrong *fault.List) {
	readDay(wrong, r, "from", neededDay)
	for field, sentence := range map[string]string{"title": "Cần chức vụ, ghi như in dưới chữ ký.", "body": "Xin chọn cơ quan.", "role": "Xin chọn vai trò."} {
		if r.FormValue(field) == "" {
			wrong.Add(field, "%s", sentence)
		}
	}
}

func addPostTo(tx *db.Tx, by access.Actor, person db.ID, r *http.Request) error {
	var wrong fault.List
	from := readDay(&wrong, r, "from", neededDay)
	if err := wrong.Err(); err != nil {
		return err
	}
	_, err := people.AddPost(tx, by, person, db.ID(r.FormValue("body")), r.FormValue("title"), access.Role(r.FormValue("role")),
		people.Signing(r.FormValue("signs")), from, calendar.Date{})
	return err
}

// accountPage is one account with the posts of its person.
type accountPage struct {
	Account       people.Account
	State         badge
	Person        people.Person
	Posts         []postLine
	Bodies, Roles []option
	Signings      []option
	Title, From   string
	Activity      []journalRow
	Own           bool // the reader's own: it cannot be shut from here
	Factor        people.Factor
	Only          string // the body for which nobody could sign in once this account is shut; "" when others can
	Owed          string // what that body owes
	Shortest      int
}

type postLine struct {
	people.Post
	BodyName string
	Held     bool // today
}

func (s *site) showAccount(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ManageAccounts, by.Body); err != nil {
		return Reply{}, err
	}
	a, err := people.FindAccount(tx, by, r.PathValue("account"))
	if err != nil {
		return Reply{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	p := accountPage{Account: a, State: accountState(a), Own: a.Person == by.Person, Shortest: people.ShortestPassword,
		Title: r.FormValue("title"), From: cmp.Or(r.FormValue("from"), today.Vietnamese())}
	if p.Person, err = people.FindPerson(tx, by, a.Person); err != nil {
		return Reply{}, err
	}
	names, err := org.Names(tx, today)
	if err != nil {
		return Reply{}, err
	}
	posts, err := people.PostsHeldBy(tx, by, a.Person)
	if err != nil {
		return Reply{}, err
	}
	for _, post := range posts {
		p.Posts = append(p.Posts, postLine{post, names[post.Body].ShortName,
			!post.ValidFrom.After(today) && (post.ValidTo.IsZero() || !post.ValidTo.Before(today))})
	}
	if p.Bodies, p.Roles, p.Signings, err = postChoices(tx, r); err != nil {
		return Reply{}, err
	}
	only, err := people.OnlyOf(tx, a)
	if err != nil {
		return Reply{}, err
	}
	if only {
		p.Only = names[a.Body].ShortName
		if p.Owed, err = desk.OwedBy(tx, a.Body); err != nil {
			return Reply{}, err
		}
	}
	if p.Factor, err = people.FactorOf(tx, by, a.ID); err != nil {
		return Reply{}, err
	}
	p.Activity, err = activityOf(tx, by, "account", a.ID, 20)
	return Reply{Page: "people/account", Data: &p}, err
}

func (s *site) resetPassword(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.showAccount(tx, by, r)
	if err != nil {
		return again, err
	}
	h := hashedOf(r)
	if h.err != nil {
		return again, fieldOf("password", h.err)
	}
	a := again.Data.(*accountPage).Account
	if err := people.SetPassword(tx, by, a.ID, h.hash); err != nil {
		return again, err
	}
	return Reply{To: "/tai-khoan/" + string(a.ID)}, nil
}

func (s *site) addPost(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.showAccount(tx, by, r)
	if err != nil {
		return again, err
	}
	var wrong fault.List
	requirePost(r, &wrong)
	if err := wrong.Err(); err != nil {
		return again, err
	}
	a := again.Data.(*accountPage).Account
	if err := addPostTo(tx, by, a.Person, r); err != nil {
		return again, err
	}
	return Reply{To: "/tai-khoan/" + string(a.ID)}, nil
}

func (s *site) confirmDisable(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.showAccount(tx, by, r)
	if err != nil {
		return again, err
	}
	again.Page = "people/disable"
	return again, nil
}

func (s *site) disableAccount(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.showAccount(tx, by, r)
	if err != nil {
		return again, err
	}
	p := again.Data.(*accountPage)
	reply := Reply{Page: again.Page, Data: again.Data, To: "/tai-khoan/" + string(p.Account.ID)}
	if p.Only != "" {
		reply.Said = "Đã khóa tài khoản cuối cùng của " + p.Only + ". Từ nay chưa ai đăng nhập được cho cơ quan này; thêm tài khoản khác nếu cơ quan còn việc."
	}
	return reply, people.Disable(tx, by, p.Account.ID)
}

func (s *site) enableAccount(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.showAccount(tx, by, r)
	if err != nil {
		return again, err
	}
	a := again.Data.(*accountPage).Account
	return Reply{Page: again.Page, Data: again.Data, To: "/tai-khoan/" + string(a.ID)}, people.Enable(tx, by, a.ID)
}

// endPostPage asks for the last day of a post.
type endPostPage struct {
	Post     people.Post
	BodyName string
	Account  string // where it leads back to
	Last     string
}

func (s *site) confirmEndPost(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	post, err := people.FindPost(tx, by, db.ID(r.PathValue("post")))
	if err != nil {
		return Reply{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	b, err := org.Find(tx, by, post.Body, today)
	if err != nil {
		return Reply{}, err
	}
	p := endPostPage{Post: post, BodyName: b.ShortName, Account: "/tai-khoan", Last: cmp.Or(r.FormValue("to"), today.Vietnamese())}
	accounts, err := people.Accounts(tx, by)
	for _, a := range accounts {
		if a.Person == post.Person && !a.Disabled() {
			p.Account = "/tai-khoan/" + string(a.ID)
		}
	}
	return Reply{Page: "people/endpost", Data: &p}, err
}

func (s *site) endPost(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.confirmEndPost(tx, by, r)
	if err != nil {
		return again, err
	}
	var wrong fault.List
	last := readDay(&wrong, r, "to", neededDay)
	if err := wrong.Err(); err != nil {
		return again, err
	}
	p := again.Data.(*endPostPage)
	if err := people.EndPost(tx, by, p.Post.ID, last); err != nil {
		return again, err
	}
	return Reply{To: p.Account}, nil
}
