package web

import (
	"net/http"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/task"
)

// taskDo runs one act on a task. When it is refused, the page comes back with what was typed and the sentences at the
// fields of that form: several forms stand on the page, so every field's id begins with its form's name.
func taskDo(tx *db.Tx, by access.Actor, r *http.Request, form string, act func(id db.ID, due calendar.Date) error) (Reply, error) {
	id := db.ID(r.PathValue("id"))
	var wrong fault.List
	due := readDay(&wrong, r, "due", "")
	err := wrong.Err()
	if err == nil {
		err = act(id, due)
	}
	if err == nil {
		return Reply{To: "/nhiem-vu/" + string(id) + "#dien-bien"}, nil
	}
	if kind := fault.Of(err); kind == nil || kind.Kind == fault.KindMissing || kind.Kind == fault.KindForbidden {
		return Reply{}, err
	}
	p, findErr := taskOf(tx, by, id)
	if findErr != nil {
		return Reply{}, findErr
	}
	p.Failed = form
	for _, field := range []string{"note", "paper", "due", "reason"} {
		p.Typed[form+"-"+field] = r.PostFormValue(field)
	}
	return Reply{Page: "task/show", Data: p}, underForm(form, err)
}

// underForm names the fields of a refusal as they are on the page.
func underForm(form string, err error) error {
	return renamedFields(err, func(field string) string {
		if field == "" {
			return ""
		}
		return form + "-" + field
	})
}

// evidence takes the note, the product's number and the files of a form.
func (s *site) evidence(tx *db.Tx, by access.Actor, r *http.Request) (task.Evidence, error) {
	e := task.Evidence{Note: r.PostFormValue("note"), Paper: r.PostFormValue("paper")}
	if err := refusedUpload(r); err != nil {
		return e, err
	}
	for _, upload := range s.uploads(r, "files") {
		id, err := storeUpload(tx, by, by.Body, upload)
		if err != nil {
			return e, err
		}
		e.Files = append(e.Files, task.File{ID: id, Name: upload.Name})
	}
	return e, nil
}

func (s *site) receiveTask(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return taskDo(tx, by, r, "tiep-nhan", func(id db.ID, _ calendar.Date) error { return task.Receive(tx, by, id) })
}

func (s *site) noteProgress(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return taskDo(tx, by, r, "tien-do", func(id db.ID, _ calendar.Date) error {
		e, err := s.evidence(tx, by, r)
		if err != nil {
			return err
		}
		return task.Progress(tx, by, id, e)
	})
}

func (s *site) completeTask(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return taskDo(tx, by, r, "hoan-thanh", func(id db.ID, _ calendar.Date) error {
		e, err := s.evidence(tx, by, r)
		if err != nil {
			return err
		}
		return task.Complete(tx, by, id, e)
	})
}

func (s *site) askTaskExtension(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return taskDo(tx, by, r, "xin-gia-han", func(id db.ID, due calendar.Date) error {
		return task.AskExtension(tx, by, id, due, r.PostFormValue("reason"))
	})
}

func (s *site) grantTaskExtension(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	side := db.ID(r.PostFormValue("org"))
	return taskDo(tx, by, r, "gia-han-"+string(side), func(id db.ID, due calendar.Date) error {
		return task.GrantExtension(tx, by, id, side, due, r.PostFormValue("reason"), alongOf(r)...)
	})
}

// alongOf are the cooperating bodies that a form moves with the lead.
func alongOf(r *http.Request) (along []db.ID) {
	for _, id := range r.PostForm["along[]"] {
		along = append(along, db.ID(id))
	}
	return along
}

func (s *site) correctTaskExtension(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	side := db.ID(r.PostFormValue("org"))
	return taskDo(tx, by, r, "sua-gia-han-"+string(side), func(id db.ID, due calendar.Date) error {
		return task.CorrectExtension(tx, by, id, side, due, r.PostFormValue("reason"), alongOf(r)...)
	})
}

// revokeTaskExtension answers the same form by its other button.
func (s *site) revokeTaskExtension(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	side := db.ID(r.PostFormValue("org"))
	return taskDo(tx, by, r, "sua-gia-han-"+string(side), func(id db.ID, _ calendar.Date) error {
		return task.RevokeExtension(tx, by, id, side, r.PostFormValue("reason"), alongOf(r)...)
	})
}

// declineTaskExtension answers the same form by its other button.
func (s *site) declineTaskExtension(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	side := db.ID(r.PostFormValue("org"))
	return taskDo(tx, by, r, "gia-han-"+string(side), func(id db.ID, _ calendar.Date) error {
		return task.DeclineExtension(tx, by, id, side, r.PostFormValue("reason"))
	})
}

func (s *site) acceptTask(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return taskDo(tx, by, r, "nghiem-thu", func(id db.ID, _ calendar.Date) error {
		return task.Accept(tx, by, id, r.PostFormValue("note"))
	})
}

func (s *site) sendTaskBack(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	side := db.ID(r.PostFormValue("org"))
	return taskDo(tx, by, r, "lam-lai-"+string(side), func(id db.ID, due calendar.Date) error {
		return task.SendBack(tx, by, id, side, r.PostFormValue("reason"), due)
	})
}

func (s *site) remindTask(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return taskDo(tx, by, r, "don-doc", func(id db.ID, _ calendar.Date) error { return task.Remind(tx, by, id, r.PostFormValue("note")) })
}

func (s *site) withdrawTask(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return taskDo(tx, by, r, "rut", func(id db.ID, _ calendar.Date) error {
		return task.Withdraw(tx, by, id, r.PostFormValue("reason"), r.PostFormValue("paper"))
	})
}
