package signature

import (
	"cmp"
	"fmt"
	"slices"

	"giaoban/calendar"
)

// Checker is where what cannot be decided here is asked: it is the service of who issues the certificates of the State.
const Checker = "công cụ kiểm tra chữ ký số của Cục Chứng thực số và Bảo mật thông tin, Ban Cơ yếu Chính phủ (ca.gov.vn)"

// Line is one of the four answers, in words.
type Line struct {
	Name, Words string
	Answer      Answer
}

// Words are the four answers. They stand apart: none of them makes up for another.
func (one Signature) Words() [4]Line {
	return [4]Line{{"Nguyên vẹn", one.intactWords(), one.Intact}, {"Phạm vi", one.wholeWords(), one.scope()},
		{"Người ký", one.signerWords(), map[Chain]Answer{Trusted: Yes, Unknown: Unchecked, Untrusted: No}[one.Chain]},
		{"Hiệu lực", one.validWords(), one.Valid}}
}

func (one Signature) intactWords() string {
	if one.Intact == Yes {
		return "Phần đã ký không bị sửa từ khi ký."
	}
	return one.Fault
}

// scope is No only where something stands behind the last signature.
func (one Signature) scope() Answer {
	if one.Follows != "" {
		return Yes
	}
	return one.Whole
}

func (one Signature) wholeWords() string {
	switch {
	case one.Whole == Yes:
		return "Ký toàn bộ tệp."
	case one.Follows != "":
		return fmt.Sprintf("Sau chữ ký này tệp có phần thêm, và %s đã ký toàn bộ tệp sau đó: bình thường khi nhiều người ký lần lượt.", one.Follows)
	case one.unread():
		return "Không xác định được chữ ký bao trùm phần nào của tệp."
	}
	return "Có phần thêm vào tệp sau chữ ký này mà không chữ ký nào bao trùm; phần thêm có thể đổi điều người đọc thấy."
}

// unread is a signature of which nothing but its place is known.
func (one Signature) unread() bool { return one.Intact == No && one.Serial == "" }

func (one Signature) signerWords() string {
	if one.Serial == "" {
		return "Không đọc được chứng thư của người ký."
	}
	name := cmp.Or(one.Signer, "chứng thư không ghi tên")
	if one.From != "" {
		name += " (" + one.From + ")"
	}
	return fmt.Sprintf("%s, chứng thư do %s cấp. %s", name, cmp.Or(one.Issuer, "nơi không ghi tên"), map[Chain]string{
		Trusted:   "Chứng thư dẫn về một chứng thư gốc đã nạp.",
		Unknown:   "Chưa nạp chứng thư gốc nào nên chưa biết chứng thư có đáng tin không.",
		Untrusted: "Chứng thư không dẫn về chứng thư gốc nào đã nạp: chưa có căn cứ để tin tên này.",
	}[one.Chain])
}

func (one Signature) validWords() string {
	const revoked = " Chứng thư có bị thu hồi hay không: chưa kiểm, vì không hỏi qua mạng."
	if one.Valid == Unchecked {
		return "Chữ ký không khai giờ ký nên không biết lúc đó chứng thư còn hạn không." + revoked
	}
	said := "giờ do máy người ký khai"
	if one.Stamped {
		said = "giờ theo dấu thời gian"
	}
	held := "còn hạn"
	if one.Valid == No {
		held = "không có hiệu lực về thời hạn"
	}
	local := one.At.In(calendar.Zone)
	return fmt.Sprintf("Chứng thư %s lúc ký: %s ngày %s (%s).%s", held, local.Format("15:04"), calendar.OfInstant(one.At).Vietnamese(), said, revoked)
}

// Problem is the first thing that a reader of the file has to know; "" when there is none. What was not asked, because
// no certificate was entered, is no problem of the signature.
func (one Signature) Problem() string {
	switch {
	case one.Intact != Yes:
		return one.Fault
	case one.scope() == No:
		return one.wholeWords()
	case one.Chain == Untrusted:
		return "Chứng thư không dẫn về chứng thư gốc nào đã nạp."
	case one.Valid == No:
		return "Chứng thư không có hiệu lực về thời hạn lúc ký."
	}
	return ""
}

// Broken reports whether one of the signatures is broken, or something stands behind the last one.
func Broken(all []Signature) bool {
	return slices.ContainsFunc(all, func(one Signature) bool { return one.Intact == No || one.scope() == No })
}
