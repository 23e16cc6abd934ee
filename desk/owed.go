package desk

import (
	"fmt"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/report"
	"giaoban/task"
)

// OwedBy says in words what a body owes today, "" for nothing: for who is about to shut its last account.
func OwedBy(tx *db.Tx, body db.ID) (string, error) {
	asking := access.System("khóa tài khoản cuối cùng")
	reports, err := report.Due(tx, asking, body)
	if err != nil {
		return "", err
	}
	tasks, err := task.OpenOf(tx, asking, body, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return "", err
	}
	var owed []string
	if len(reports) > 0 {
		owed = append(owed, fmt.Sprintf("%d báo cáo chưa gửi đủ", len(reports)))
	}
	if len(tasks) > 0 {
		owed = append(owed, fmt.Sprintf("%d nhiệm vụ chưa xong", len(tasks)))
	}
	return strings.Join(owed, ", "), nil
}
