package directive

import (
	"fmt"
	"time"

	"giaoban/calendar"
	"giaoban/internal/db"
)

// FillForBench enters n documents: symbols repeat every 2,500 numbers with other dates, as they do term by term.
func FillForBench(tx *db.Tx, org db.ID, n int) error {
	for i := range n {
		e := entry{Directive: Directive{ID: tx.NewID(), Body: org, Level: Central, Type: "Chỉ thị", Number: fmt.Sprint(i%2500 + 1),
			Symbol: fmt.Sprintf("%d-CT/TW", i%2500+1), Date: calendar.On(1990+i%33, time.Month(1+i%12), 1+(i/2500+i)%28), Issuer: "Ban Bí thư", Term: fmt.Sprint(i / 2500),
			Subject: fmt.Sprintf("về tăng cường sự lãnh đạo của Đảng đối với công tác số %d trong tình hình mới", i), Sectors: Sectors(AllSectors[i%9].Code), Version: 1, MadeAt: tx.Now()}}
		e.derive()
		if err := tx.Insert("directive", e); err != nil {
			return err
		}
		if _, err := tx.Exec("insert into directive_sector (sector, directive, sort_day) values (?, ?, ?)", string(e.Sectors), e.ID, e.SortDay); err != nil {
			return err
		}
	}
	return nil
}
