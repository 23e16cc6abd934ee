package backup

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"giaoban/internal/db"
)

// State is what the folder of data knows of its backups. It stands beside the database, not in it: a restored office
// must not believe in the backups of the lost machine.
type State struct {
	Dest     string        `json:"dest"`
	Every    time.Duration `json:"every"` // 0: nobody promised any
	Last     time.Time     `json:"last"`  // of the newest good set; zero for none
	Missing  int           `json:"missing"`
	FailedAt time.Time     `json:"failed_at"` // of the last attempt; zero when that one succeeded
	Problem  string        `json:"problem"`
}

func statePath(data string) string { return filepath.Join(data, "sao-luu.json") }

// ReadState reads what is known; nothing known is the zero State.
func ReadState(data string) (s State, err error) {
	text, err := os.ReadFile(statePath(data))
	if errors.Is(err, fs.ErrNotExist) {
		return State{}, nil
	}
	if err != nil {
		return State{}, err
	}
	return s, json.Unmarshal(text, &s)
}

// Note keeps what came of an attempt. every is 0 for one by hand, which promises nothing.
func Note(data, dest string, every time.Duration, at time.Time, made *Made, failure error) error {
	s, err := ReadState(data)
	if err != nil {
		s = State{} // torn by a crash: it is written anew
	}
	if s.Dest, err = filepath.Abs(dest); err != nil {
		return err
	}
	if every > 0 {
		s.Every = every
	}
	if made != nil && made.Manifest != nil {
		s.Last, s.Missing = made.Set.At, len(made.Missing)
	}
	if s.FailedAt, s.Problem = (time.Time{}), ""; failure != nil {
		s.FailedAt, s.Problem = at, failure.Error()
	}
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	temp, err := os.CreateTemp(data, ".sao-luu-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name()) // after the rename there is nothing of this name
	_, err = temp.Write(text)
	if err := errors.Join(err, temp.Close()); err != nil {
		return err
	}
	return os.Rename(temp.Name(), statePath(data))
}

// retryAfter is how soon a failed backup is tried again.
const retryAfter = time.Hour

// Due reports whether the next backup of a period is due.
func (s State) Due(every time.Duration, now time.Time) bool {
	if !s.FailedAt.IsZero() && now.Sub(s.FailedAt) < min(retryAfter, every) && !now.Before(s.FailedAt) {
		return false
	}
	return s.Last.IsZero() || now.Sub(s.Last) >= every || now.Before(s.Last)
}

// byHandAtLeast is how often an office that promised no period is expected to make one.
const byHandAtLeast = 24 * time.Hour

// Words tell the age of the newest backup, and what to do when it is no good one.
func (s State) Words(now time.Time) (sentence string, good bool) {
	every := s.Every
	if every == 0 {
		every = byHandAtLeast
	}
	if s.Last.IsZero() {
		sentence = "Chưa có bản sao lưu nào."
	} else {
		sentence = "Bản sao lưu gần nhất: " + db.InstantOf(s.Last).String() + " (" + ago(now.Sub(s.Last)) + "), ở " + s.Dest + "."
	}
	switch {
	case s.Problem != "":
		return sentence + " Lần thử sau cùng (" + db.InstantOf(s.FailedAt).String() + ") không xong: " + s.Problem, false
	case s.Last.IsZero(), now.Sub(s.Last) > 2*every:
		return sentence + " Người quản trị máy chạy giaoban backup, hoặc giaoban serve với --backup.", false
	case s.Missing > 0:
		return sentence + " Kho tệp thiếu hoặc hỏng " + strconv.Itoa(s.Missing) + " tệp nên bản ấy không trọn; chạy giaoban verify để biết tệp nào.", false
	}
	return sentence, true
}

// ago says an age in the largest unit that tells it.
func ago(age time.Duration) string {
	switch {
	case age < 2*time.Minute:
		return "vừa xong"
	case age < 2*time.Hour:
		return strconv.Itoa(int(age.Minutes())) + " phút trước"
	case age < 48*time.Hour:
		return strconv.Itoa(int(age.Hours())) + " giờ trước"
	}
	return strconv.Itoa(int(age.Hours()/24)) + " ngày trước"
}
