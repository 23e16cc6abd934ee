package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/entrance"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/people"
)

var siteRoom = room{
	pages: []route{
		see("/{$}", (*site).front, Everybody),
		see("/dang-nhap", (*site).signInPage, Everybody).titled("Đăng nhập"),
		see("/phim-tat", (*site).keys, EveryAccount).titled("Phím tắt"),
		see("/con-day", (*site).stillHere, EveryAccount).first(),
		act("/dang-xuat", (*site).signOut, EveryAccount).first().
			says("Đã đăng xuất.", "", ""),
		raw("/dang-nhap", (*site).signIn, Everybody).
			says("Đã đăng nhập.", "Bàn làm việc", "/ban-lam-viec"),
		raw("/dang-nhap/vao-thu", (*site).signInByClick, Everybody).
			says("Đã vào thử.", "Bàn làm việc", "/ban-lam-viec"),
		see("/dang-nhap/ma", (*site).askCode, Everybody).titled("Mã xác thực"),
		raw("/dang-nhap/ma", (*site).enterCode, Everybody).
			says("Đã đăng nhập.", "Bàn làm việc", "/ban-lam-viec"),
		see("/xac-thuc", (*site).showFactor, EveryAccount).titled("Xác thực hai bước").first(),
		act("/xac-thuc/bat", (*site).beginFactor, EveryAccount).first().
			says("Đã tạo mã bí mật. Tiếp theo: đưa vào điện thoại rồi gõ mã đầu tiên.", "", ""),
		act("/xac-thuc/xac-nhan", (*site).confirmFactor, EveryAccount).titled("Xác thực hai bước").first().
			says("Đã bật xác thực hai bước. Tiếp theo: cất các mã dự phòng.", "Bàn làm việc", "/ban-lam-viec"),
		act("/xac-thuc/ma-moi", (*site).renewCodes, EveryAccount).titled("Xác thực hai bước").
			says("Đã lập mã dự phòng mới; mã cũ không dùng được nữa.", "Bàn làm việc", "/ban-lam-viec"),
		act("/xac-thuc/tat", (*site).dropOwnFactor, EveryAccount).titled("Xác thực hai bước").
			says("Đã tắt xác thực hai bước; từ nay chỉ cần mật khẩu.", "Bàn làm việc", "/ban-lam-viec"),
		see("/phien", (*site).showSessions, EveryAccount).titled("Các lần đăng nhập"),
		act("/phien/ket-thuc", (*site).signOutEverywhere, EveryAccount).
			says("Đã đăng xuất khỏi mọi máy.", "", ""),
		see(passwordURL, (*site).showOwnPassword, EveryAccount).titled("Đổi mật khẩu").first(),
		act(passwordURL, (*site).changeOwnPassword, EveryAccount).hashing().first().
			says("Đã đổi mật khẩu. Xin đăng nhập lại bằng mật khẩu mới.", "", ""),
	},
}

func (s *site) front(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if !by.SignedIn() {
		return Reply{To: "/dang-nhap"}, nil
	}
	return Reply{To: "/ban-lam-viec"}, nil
}

func (s *site) keys(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return Reply{Page: "site/keys"}, nil
}

func (s *site) stillHere(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return Reply{JSON: map[string]bool{"con": true}}, nil
}

type signInPage struct {
	Login  string
	Back   string
	Chairs []people.Listed // one person for each role
	People []people.Listed // everybody else
}

func (s *site) signInPage(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	data := signInPage{Back: safeBack(r.FormValue("ve"))}
	if s.Dev && entrance.FromHere(r) {
		all, err := people.Everyone(tx, access.System("vào thử"), calendar.OfInstant(tx.Clock()))
		if err != nil {
			return Reply{}, err
		}
		data.Chairs, data.People = onePerRole(all)
	}
	return Reply{Page: "site/signin", Data: data}, nil
}

// onePerRole takes one person for each role out of the list, so that a newcomer sees the seven ways to work first; of
// agencies a department, which reports every month.
func onePerRole(all []people.Listed) (chairs, others []people.Listed) {
	others = all
	for _, role := range access.Roles {
		at := slices.IndexFunc(others, func(p people.Listed) bool { return p.Role == role && p.Kind == org.Department })
		if at < 0 {
			at = slices.IndexFunc(others, func(p people.Listed) bool { return p.Role == role })
		}
		if at >= 0 {
			chairs = append(chairs, others[at])
			others = slices.Concat(others[:at], others[at+1:])
		}
	}
	return chairs, others
}

// safeBack lets nobody be sent to another site after signing in.
func safeBack(to string) string {
	u, err := url.Parse(to)
	if err != nil || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") || u.Host != "" || u.Scheme != "" {
		return "/"
	}
	return to
}

func (s *site) signIn(w http.ResponseWriter, r *http.Request) {
	who := s.look(r)
	r, _, err := s.readForm(r, s.routes[r.Pattern], who)
	if err != nil {
		s.turnAway(w, r, who, err)
		return
	}
	login, back := r.FormValue("login"), safeBack(r.FormValue("ve"))
	again := Reply{Page: "site/signin", Data: signInPage{Login: login, Back: back}}
	var candidate people.Candidate
	err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		candidate, err = people.Check(tx, login, deviceOf(r), entrance.Client(r))
		return err
	})
	if err != nil {
		s.send(w, r, s.look(r), again, err)
		return
	}
	right := candidate.Matches(r.FormValue("password"))
	var cookie string
	var waits bool
	err = s.DB.WriteOr(r.Context(), func(tx *db.Tx) (err error) {
		if cookie, err = people.SignIn(tx, candidate, right, entrance.Client(r)); err == nil {
			waits, err = people.Waits(tx, cookie)
		}
		return err
	}, func(tx *db.Tx, err error) error {
		return people.NoteFailure(tx, candidate, entrance.Client(r), err)
	})
	if err != nil {
		s.send(w, r, s.look(r), again, err)
		return
	}
	// With this mark the real user still enters while somebody else is guessing; it signs nobody in.
	http.SetCookie(w, &http.Cookie{Name: deviceCookie, Value: candidate.Device(), Path: "/dang-nhap", HttpOnly: true,
		SameSite: http.SameSiteLaxMode, Secure: entrance.Secure(r), MaxAge: int(people.DeviceMemory.Seconds())})
	if waits {
		s.send(w, r, visitor{}, Reply{To: "/dang-nhap/ma?ve=" + url.QueryEscape(back), Cookie: s.cookie(r, cookie), Again: true}, nil)
		return
	}
	s.welcome(w, r, cookie, back)
}

const deviceCookie = "giaoban_may"

func deviceOf(r *http.Request) string {
	c, err := r.Cookie(deviceCookie)
	if err != nil {
		return ""
	}
	return c.Value
}

func (s *site) signInByClick(w http.ResponseWriter, r *http.Request) {
	who := s.look(r)
	if !s.Dev || !entrance.FromHere(r) {
		s.turnAway(w, r, who, fault.Missing("Không có trang này."))
		return
	}
	r, _, err := s.readForm(r, s.routes[r.Pattern], who)
	if err != nil {
		s.turnAway(w, r, who, err)
		return
	}
	var cookie string
	err = s.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		cookie, err = people.SignInAs(tx, db.ID(r.FormValue("person")))
		return err
	})
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	s.welcome(w, r, cookie, safeBack(r.FormValue("ve")))
}

func (s *site) welcome(w http.ResponseWriter, r *http.Request, cookie, back string) {
	s.send(w, r, visitor{}, Reply{To: back, Cookie: s.cookie(r, cookie)}, nil)
}

func (s *site) cookie(r *http.Request, value string) *http.Cookie {
	c := &http.Cookie{Name: cookieName, Value: value, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: entrance.Secure(r)}
	if value == "" {
		c.MaxAge = -1
	}
	return c
}

func (s *site) signOut(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	cookie, err := r.Cookie(cookieName)
	if err != nil {
		return Reply{To: "/dang-nhap"}, nil
	}
	if err := people.SignOut(tx, by, cookie.Value); err != nil {
		return Reply{}, err
	}
	return Reply{To: "/dang-nhap", Cookie: s.cookie(r, "")}, nil
}
