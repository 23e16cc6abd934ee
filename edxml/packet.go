// Package edxml (gói tin văn bản điện tử) reads and writes the packets in which offices exchange papers: one file with what
// is said of a paper and, beside it, the paper itself and its annexes. A packet is a file that somebody saved or will send;
// nothing here speaks to a network. Source: docs/sources/edxml.md.
package edxml

import (
	"strings"

	"giaoban/calendar"
)

// Ending is how the name of a packet ends.
const Ending = ".edxml"

// MIME is what a packet is sent as.
const MIME = "application/xml"

// Organ is a body as a packet names it. ID is its code, text of at most 35 characters that means nothing here; several
// codes of one body occur.
type Organ struct {
	ID, Name, InCharge                      string
	Address, Email, Telephone, Fax, Website string
}

// SameCode compares two codes of bodies as hubs do: without regard to case and to white space around them.
func SameCode(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}

// Signer is who signed: "TL. Trưởng ban", "Phó Trưởng ban", the name.
type Signer struct {
	Competence, Title, Name string
}

// Answer is an earlier paper that this one answers.
type Answer struct {
	Organ      string // code of the body whose paper it was
	Symbol     string // whole number and notation
	DocumentID string
	Date       calendar.Date // zero where none is said
}

// File is a file in a packet. Type is a media type; Content is as the sender had it, unwrapped.
type File struct {
	Name    string
	Type    string
	Content []byte
}

// Purpose says what a packet does with the paper it tells of.
type Purpose int

// The purposes, numbered as in a packet.
const (
	New Purpose = iota
	Revoke
	Update
	Replace
)

// String names a purpose for people.
func (p Purpose) String() string {
	switch p {
	case New:
		return "văn bản mới"
	case Revoke:
		return "thu hồi"
	case Update:
		return "cập nhật"
	case Replace:
		return "thay thế"
	}
	return "không rõ mục đích"
}

// Status is what a receiver tells of a paper it was sent, in a packet without a paper.
type Status struct {
	Code   string // two digits
	Answer Answer
	Reason string
}

// statuses are the codes seen in use; others are shown as they are and mean nothing.
var statuses = map[string]string{
	"01": "đã đến hệ thống nhận", "02": "bị trả lại", "03": "đã vào sổ đến", "04": "đã phân công", "05": "đang xử lý", "06": "đã xử lý xong",
	"13": "nơi gửi xin lấy lại", "15": "nơi nhận đồng ý", "16": "nơi nhận không đồng ý",
}

// String says a status in words.
func (s Status) String() string {
	if said := statuses[s.Code]; said != "" {
		return said
	}
	return "mã lạ " + s.Code
}

// Packet is one paper on its way, or the word of a receiver about one (Status).
type Packet struct {
	From Organ
	To   []Organ

	DocumentID string // as the sender wrote it; it need not have a shape
	Symbol     string // number and notation as the paper bears them: 127-CV/BTGDVTU, 7816/VPCP-TTĐT
	Number     string // letters occur
	Notation   string

	Place   string
	Date    calendar.Date // of the paper
	Kind    string        // Công văn, Kết luận: the words, which are right where the numbers beside them are not
	Subject string
	Content string
	Signer  Signer
	Due     calendar.Date // zero where none is said
	Urgency int           // 0 none, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc, 4 hỏa tốc hẹn giờ
	Annexes []string      // their names
	Answers []Answer
	Places  []string // who receives it otherwise

	Purpose Purpose
	About   string // DocumentID of the paper that is revoked, updated or replaced
	Reason  string

	Files  []File
	Status *Status

	// Problems are sentences on what the packet left unclear, for whoever confirms it.
	Problems []string
}

// Words are the texts that a packet says of itself, for whoever looks for marks of secrecy; its files are looked at one by one.
func (p Packet) Words() []string {
	words := []string{p.Symbol, p.Notation, p.Kind, p.Subject, p.Content, p.Reason}
	words = append(append(words, p.Annexes...), p.Places...)
	for _, a := range p.Answers {
		words = append(words, a.Symbol)
	}
	for _, a := range p.Files {
		words = append(words, a.Name)
	}
	if p.Status != nil {
		words = append(words, p.Status.Reason)
	}
	return words
}

// kindNumbers are the numbers of administrative kinds in a packet (list B); kinds of the Party have none.
var kindNumbers = map[string]int{
	"Nghị quyết": 1, "Quyết định": 2, "Chỉ thị": 3, "Quy chế": 4, "Quy định": 5, "Thông cáo": 6, "Thông báo": 7, "Hướng dẫn": 8, "Chương trình": 9,
	"Kế hoạch": 10, "Phương án": 11, "Đề án": 12, "Dự án": 13, "Báo cáo": 14, "Biên bản": 15, "Tờ trình": 16, "Công văn": 18, "Công điện": 19,
	"Giấy mời": 25, "Giấy giới thiệu": 26,
}
