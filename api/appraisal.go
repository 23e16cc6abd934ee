package api

import (
	"giaoban/access"
	"giaoban/appraisal"
	"giaoban/internal/db"
	"giaoban/org"

	"github.com/danielgtaylor/huma/v2"
)

var appraisalRoom = room{
	addressed(huma.Operation{OperationID: "listAppraisals", Path: "/appraisals", Summary: "Dự thảo lấy góp ý, thẩm định, mới trước"}, (*server).appraisals, access.ReadAppraisal),
	addressed(huma.Operation{OperationID: "getAppraisalComments", Path: "/appraisals/{id}/comments",
		Summary: "Một bản của dự thảo: các đoạn đã khóa, góp ý và việc tiếp thu, giải trình"}, (*server).appraisalComments, access.ReadAppraisal),
	write(huma.Operation{OperationID: "commentAppraisal", Path: "/appraisals/{id}/comments",
		Summary: "Ghi một góp ý của cơ quan mình; nơi khác chỉ thấy khi lãnh đạo cơ quan đã ký"}, commentAppraisal, access.CommentDraft),
}

type appraisalsInput struct {
	Cursor string `query:"cursor"`
}

type appraisalShape struct {
	ID        string          `json:"id"`
	Kind      string          `json:"kind" enum:"tham_dinh,gop_y"`
	Author    string          `json:"author" doc:"Mã cơ quan soạn thảo"`
	Form      string          `json:"form"`
	Subject   string          `json:"subject"`
	Addressee string          `json:"addressee" enum:"party,government,own"`
	SubmitOn  string          `json:"submit_on" doc:"Trống khi chưa định ngày trình"`
	Version   int             `json:"version" doc:"Bản mới nhất"`
	Due       string          `json:"due"`
	Explained string          `json:"explained" doc:"Hạn được tính thế nào"`
	State     string          `json:"state" enum:"reviewing,stopped,concluded,closed,withdrawn"`
	Result    string          `json:"result" enum:",ready,mended,unready" doc:"Trống khi chưa có kết quả thẩm định"`
	Reviewers []reviewerShape `json:"reviewers"`
	URL       string          `json:"url"`
}

type reviewerShape struct {
	Org     string `json:"org"`
	Due     string `json:"due"`
	Opinion string `json:"opinion" enum:",agree,supplement,reconsider" doc:"Trống là chưa trả lời"`
}

func (s *server) appraisals(tx *db.Tx, by access.Actor, in *appraisalsInput) (*body[page[appraisalShape]], error) {
	all, next, err := appraisal.List(tx, by, db.ID(in.Cursor))
	if err != nil {
		return nil, err
	}
	codes, err := codesByID(tx)
	out := &body[page[appraisalShape]]{page[appraisalShape]{Items: []appraisalShape{}, Next: string(next)}}
	for _, a := range all {
		out.Body.Items = append(out.Body.Items, s.appraisalOf(a, codes))
	}
	return out, err
}

func (s *server) appraisalOf(a appraisal.Appraisal, codes map[db.ID]string) appraisalShape {
	shape := appraisalShape{ID: string(a.ID), Kind: string(a.Kind), Author: codes[a.Body], Form: a.Form, Subject: a.Subject, Addressee: string(a.Addressee),
		SubmitOn: a.SubmitOn.String(), Version: a.N, Due: a.Due.String(), Explained: a.Explained, State: string(a.State), Result: string(a.Says),
		Reviewers: []reviewerShape{}, URL: s.Address("appraisal", a.ID)}
	for _, r := range a.Reviewers {
		shape.Reviewers = append(shape.Reviewers, reviewerShape{codes[r.Body], r.Due.String(), string(r.Says)})
	}
	return shape
}

func codesByID(tx *db.Tx) (map[db.ID]string, error) {
	ids, err := org.Codes(tx)
	codes := make(map[db.ID]string, len(ids))
	for code, id := range ids {
		codes[id] = code
	}
	return codes, err
}

type appraisalCommentsInput struct {
	ID      string `path:"id"`
	Version int    `query:"version" minimum:"0" doc:"0: bản mới nhất"`
}

type sheetShape struct {
	Version    int                 `json:"version"`
	Paragraphs []paragraphShape    `json:"paragraphs"`
	Comments   []draftCommentShape `json:"comments"`
}

type paragraphShape struct {
	Key    string `json:"key" doc:"Làm từ chữ của đoạn: cùng lời thì cùng khóa ở mọi bản"`
	Number string `json:"number"`
	Text   string `json:"text"`
}

type draftCommentShape struct {
	ID        string         `json:"id"`
	Org       string         `json:"org"`
	Version   int            `json:"version" doc:"Bản mà góp ý được ghi"`
	Paragraph string         `json:"paragraph" doc:"Khóa đoạn trong bản được hỏi; trống là cả dự thảo, hoặc chưa rõ (xem place)"`
	Place     string         `json:"place" enum:",same,moved,split,joined,reworded,asked,person" doc:"asked: chưa rõ ở đoạn nào; trống: không đưa sang bản này"`
	Words     string         `json:"words"`
	Wording   string         `json:"wording" doc:"Lời đề nghị sửa thành"`
	FromFile  bool           `json:"from_file" doc:"Đọc từ tệp Word"`
	Unsure    string         `json:"unsure" doc:"Điều chưa rõ khi đọc tệp"`
	Signed    bool           `json:"signed"`
	Disposal  *disposalShape `json:"disposal,omitempty" doc:"Không có: chưa tiếp thu, giải trình"`
}

type disposalShape struct {
	Kind    string `json:"kind" enum:"accepted,partly,explained"`
	Wording string `json:"wording"`
	Reason  string `json:"reason"`
}

func (s *server) appraisalComments(tx *db.Tx, by access.Actor, in *appraisalCommentsInput) (*body[sheetShape], error) {
	sheet, err := appraisal.Look(tx, by, db.ID(in.ID), in.Version)
	if err != nil {
		return nil, err
	}
	codes, err := codesByID(tx)
	out := &body[sheetShape]{sheetShape{Version: sheet.At, Paragraphs: []paragraphShape{}, Comments: []draftCommentShape{}}}
	for _, p := range sheet.Paragraphs {
		out.Body.Paragraphs = append(out.Body.Paragraphs, paragraphShape{p.Key, p.Number, p.Words()})
	}
	for _, c := range sheet.Comments {
		shape := draftCommentShape{ID: string(c.ID), Org: codes[c.Body], Version: c.N, Paragraph: c.Place.Paragraph, Place: string(c.Place.How), Words: c.Words,
			Wording: c.Wording, FromFile: c.File != "", Unsure: c.Unsure, Signed: c.Signed}
		if c.Disposed() {
			shape.Disposal = &disposalShape{string(c.Disposal.Kind), c.Disposal.Wording, c.Disposal.Reason}
		}
		out.Body.Comments = append(out.Body.Comments, shape)
	}
	return out, err
}

type commentInput struct {
	ID   string `path:"id"`
	Body struct {
		Version   int    `json:"version" doc:"Bản đã đọc"`
		Paragraph string `json:"paragraph,omitempty" doc:"Khóa đoạn; trống là cả dự thảo"`
		Words     string `json:"words,omitempty"`
		Wording   string `json:"wording,omitempty"`
	}
}

type writtenShape struct {
	Written bool `json:"written"`
}

func commentAppraisal(tx *db.Tx, by access.Actor, in *commentInput) (*body[writtenShape], error) {
	err := appraisal.Say(tx, by, db.ID(in.ID), in.Body.Version, appraisal.NewComment{Paragraph: in.Body.Paragraph, Words: in.Body.Words, Wording: in.Body.Wording})
	return &body[writtenShape]{writtenShape{err == nil}}, err
}
