package api

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/paper"
	"giaoban/record"

	"github.com/danielgtaylor/huma/v2"
)

var paperRoom = room{
	read(huma.Operation{OperationID: "listPapers", Path: "/papers", Summary: "Văn bản, mới nhất trước"}, papers, access.ReadPaper),
	read(huma.Operation{OperationID: "getPaper", Path: "/papers/{id}", Summary: "Một văn bản"}, onePaper, access.ReadPaper),
	write(huma.Operation{OperationID: "signPaper", Path: "/papers/{id}/signature", Summary: "Ký văn bản"}, signPaper, access.SignPaper),
	write(huma.Operation{OperationID: "numberPaper", Path: "/papers/{id}/number", Summary: "Vào số và ngày"}, numberPaper, access.NumberPaper),
	write(huma.Operation{OperationID: "releasePaper", Path: "/papers/{id}/release",
		Summary: "Phát hành văn bản; thông báo kết luận thì nhiệm vụ đến các cơ quan"}, releasePaper, access.ReleasePaper),
	write(huma.Operation{OperationID: "succeedPaper", Path: "/papers/{id}/successor",
		Summary: "Soạn văn bản thay thế, sửa đổi, bổ sung, đính chính hoặc thu hồi một văn bản đã phát hành"}, succeedPaper, access.DraftPaper),
}

// paperKind and paperState are described by the room's own lists.
type (
	paperKind  string
	paperState string
)

func (paperKind) Schema(huma.Registry) *huma.Schema { return oneOf(paper.Kinds) }

func (paperState) Schema(huma.Registry) *huma.Schema { return oneOf(paper.States) }

func oneOf[T ~string](all []T) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeString}
	for _, one := range all {
		s.Enum = append(s.Enum, string(one))
	}
	return s
}

type paperShape struct {
	ID      string     `json:"id"`
	Kind    paperKind  `json:"kind"`
	Subject string     `json:"subject"`
	State   paperState `json:"state"`
	Number  int64      `json:"number" doc:"0 là chưa vào số"`
	Symbol  string     `json:"symbol"`
	Date    string     `json:"date"`
	Signer  string     `json:"signer"`
	SHA256  string     `json:"sha256" doc:"Của nội dung đã ký"`
	Version int64      `json:"version"`

	Journal *journal.Head `json:"journal,omitempty" doc:"Đầu nhật ký lúc phát hành"`

	Overtaken string `json:"overtaken" doc:"Điều đã đổi mà văn bản không nói; rỗng là còn đúng"`
	Successor string `json:"successor" doc:"Văn bản thay văn bản này; rỗng là không có"`

	Warnings []string `json:"warnings"`
}

func paperOf(p paper.Paper) paperShape {
	shape := paperShape{ID: string(p.ID), Kind: paperKind(p.Kind), Subject: p.Subject, State: paperState(p.State), Number: p.Number,
		Symbol: p.Symbol, Date: p.Date.String(), Signer: p.Signer, SHA256: p.SHA256, Version: p.Version,
		Overtaken: p.Words, Successor: string(p.Successor), Warnings: []string{}}
	if p.JournalSize > 0 {
		shape.Journal = &journal.Head{Size: p.JournalSize, Root: p.JournalRoot}
	}
	shape.Warnings = append(shape.Warnings, p.Warnings...)
	return shape
}

type papersInput struct {
	Kind   paperKind  `query:"kind"`
	State  paperState `query:"state"`
	Limit  int        `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Cursor string     `query:"cursor"`
}

func papers(tx *db.Tx, by access.Actor, in *papersInput) (*body[page[paperShape]], error) {
	all, next, err := paper.List(tx, by, paper.Filter{Kind: paper.Kind(in.Kind), State: paper.State(in.State), Limit: in.Limit, Cursor: db.ID(in.Cursor)})
	if err != nil {
		return nil, err
	}
	out := &body[page[paperShape]]{page[paperShape]{Items: []paperShape{}, Next: string(next)}}
	for _, p := range all {
		out.Body.Items = append(out.Body.Items, paperOf(p))
	}
	return out, nil
}

type InPaper struct {
	ID string `path:"id"`
}

func onePaper(tx *db.Tx, by access.Actor, in *InPaper) (*body[paperShape], error) {
	return shown(paper.Find(tx, by, db.ID(in.ID)))
}

func shown(p paper.Paper, err error) (*body[paperShape], error) {
	if err != nil {
		return nil, err
	}
	return &body[paperShape]{paperOf(p)}, nil
}

type SignerShape struct {
	Name      string           `json:"name" doc:"Họ tên (không kèm học hàm, học vị) hoặc khóa của người giữ chức vụ được ký văn bản trong ngày"`
	Title     string           `json:"title,omitempty" doc:"Bỏ trống được: chức vụ in dưới văn bản lấy theo chức vụ đang giữ; ghi khác thì bị từ chối"`
	Authority []authorityShape `json:"authority,omitempty" doc:"Bỏ trống được: quyền hạn ký lấy theo chức vụ đang giữ; ghi khác thì bị từ chối"`
}

type authorityShape struct {
	Kind string `json:"kind" enum:"thay-mat,ky-thay,thua-lenh,thua-uy-quyen,quyen"`
	Of   string `json:"of,omitempty" doc:"Thay mặt, ký thay ai"`
}

func (s SignerShape) signature() paper.Signature {
	out := paper.Signature{Signer: s.Name, Title: s.Title}
	for _, a := range s.Authority {
		out.Authority = append(out.Authority, official.AuthorityLine{Authority: official.Authority(a.Kind), Of: a.Of})
	}
	return out
}

type signatureInput struct {
	InPaper
	Body struct {
		SignerShape
		Version int64 `json:"version,omitempty" doc:"Bản đã đọc trước khi ký; bỏ trống là bản đang có"`
	}
}

func signPaper(tx *db.Tx, by access.Actor, in *signatureInput) (*body[paperShape], error) {
	signature := in.Body.signature()
	signature.Version = in.Body.Version
	return shown(record.Sign(tx, by, db.ID(in.ID), signature))
}

type numberInput struct {
	InPaper
	Body struct {
		Number int64         `json:"number" minimum:"1"`
		Date   calendar.Date `json:"date" format:"date" doc:"Ngày văn bản"`
	}
}

func numberPaper(tx *db.Tx, by access.Actor, in *numberInput) (*body[paperShape], error) {
	return shown(paper.EnterNumber(tx, by, db.ID(in.ID), in.Body.Number, in.Body.Date))
}

func releasePaper(tx *db.Tx, by access.Actor, in *InPaper) (*body[paperShape], error) {
	return shown(record.Release(tx, by, db.ID(in.ID)))
}

type successorInput struct {
	InPaper
	Body struct {
		Kind   string `json:"kind" enum:"replace,amend,supplement,correct,revoke"`
		Reason string `json:"reason" doc:"Lý do; đính chính thì ghi chỗ sai và lời đúng"`
	}
}

func succeedPaper(tx *db.Tx, by access.Actor, in *successorInput) (*body[paperShape], error) {
	return shown(record.Succeed(tx, by, db.ID(in.ID), paper.SuccessionKind(in.Body.Kind), in.Body.Reason))
}
