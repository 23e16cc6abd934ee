package web

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// putTextForward gives the draft to the leaders; until it is taken back its text stands still.
func (s *site) putTextForward(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return textStep(tx, by, r, func(c consolidation.Consolidation) error {
		return consolidation.PutForward(tx, by, c.ID, versionOf(r))
	})
}

func (s *site) takeTextBack(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return textStep(tx, by, r, func(c consolidation.Consolidation) error { return consolidation.TakeBack(tx, by, c.ID) })
}

// agreeToText is the word of the chair whose turn it is; comments typed at paragraphs belong to a return and are not lost.
func (s *site) agreeToText(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return textStep(tx, by, r, func(c consolidation.Consolidation) error {
		if len(textComments(r)) > 0 {
			return fault.Invalid("note", "Đồng chí đã ghi nhận xét ở đoạn văn: hãy bấm “Trả lại kèm nhận xét”, hoặc xóa nhận xét rồi đồng ý.")
		}
		return consolidation.Agree(tx, by, c.ID, versionOf(r), r.PostFormValue("note"))
	})
}

// sendTextBack gives the draft back with what the leader said of paragraphs and of the whole.
func (s *site) sendTextBack(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return textStep(tx, by, r, func(c consolidation.Consolidation) error {
		typed := textComments(r)
		var comments []consolidation.Comment
		for _, paragraph := range slices.Sorted(maps.Keys(typed)) {
			comments = append(comments, consolidation.Comment{Paragraph: paragraph, Words: typed[paragraph]})
		}
		return consolidation.SendBack(tx, by, c.ID, versionOf(r), r.PostFormValue("note"), comments)
	})
}

func textComments(r *http.Request) map[db.ID]string {
	typed := make(map[db.ID]string)
	for name := range r.PostForm {
		if paragraph, ok := strings.CutPrefix(name, "nhan-xet."); ok && strings.TrimSpace(r.PostForm.Get(name)) != "" {
			typed[db.ID(paragraph)] = r.PostForm.Get(name)
		}
	}
	return typed
}

// textStep does one step with the draft of a period; refused, the page comes back with what was typed.
func textStep(tx *db.Tx, by access.Actor, r *http.Request, do func(c consolidation.Consolidation) error) (Reply, error) {
	head, err := headOf(tx, by, r, "loi-van")
	if err != nil {
		return Reply{}, err
	}
	c, err := consolidation.Find(tx, by, head.Regime.Code, head.Period)
	if err != nil {
		return Reply{}, err
	}
	if err := do(c); err != nil {
		reply, problem := textAgain(tx, by, r, head, err)
		if data, ok := reply.Data.(textPage); ok {
			data.Note, data.Typed = r.PostFormValue("note"), textComments(r)
			reply.Data = data
		}
		return reply, problem
	}
	return Reply{To: head.Base + "/loi-van"}, nil
}
