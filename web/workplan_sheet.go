package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/org"
	"giaoban/workplan"
)

// workplanSheetPage is twelve months by sector on one sheet.
type workplanSheetPage struct {
	Year int
	Rows []sheetRow
	Days [12][]workplan.Day
	Size string // how small the letters are for everything to stand on one sheet
}

type sheetRow struct {
	Name   string
	Whole  []sheetCell // of the whole year
	Months [12][]sheetCell
}

type sheetCell struct {
	workplanLine
	Short string
}

func (s *site) workplanSheet(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	year, err := workplanYear(r)
	if err != nil {
		return Reply{}, err
	}
	lines, err := workplan.Lines(tx, by, year)
	if err != nil {
		return Reply{}, err
	}
	days, err := workplan.Days(tx, by, year)
	if err != nil {
		return Reply{}, err
	}
	standings, err := workplan.ProgressOf(tx, by, year)
	if err != nil {
		return Reply{}, err
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return Reply{}, err
	}
	p := &workplanSheetPage{Year: year}
	cells := len(days)
	for _, sector := range workplan.Sectors() {
		row := sheetRow{Name: sector.Name}
		for _, l := range lines {
			if l.Sector != sector.Code {
				continue
			}
			cell := sheetCell{workplanLineOf(l, names, standings[l.ID]), fold.Cut(l.Words, 56)}
			months := l.Months.All()
			if len(months) == 0 || len(months) > 4 { // what comes almost every month stands once
				if len(months) > 0 && len(months) < 12 {
					cell.Short += ", " + l.Months.Said()
				} else if len(months) == 12 {
					cell.Short += ", hằng tháng"
				}
				row.Whole, months = append(row.Whole, cell), nil
				cells++
			}
			for _, month := range months {
				row.Months[month-1] = append(row.Months[month-1], cell)
				cells++
			}
		}
		p.Rows = append(p.Rows, row)
	}
	for _, d := range days {
		p.Days[d.Month-1] = append(p.Days[d.Month-1], d)
	}
	switch {
	case cells > 120:
		p.Size = "tiny"
	case cells > 60:
		p.Size = "small"
	}
	return Reply{Page: "workplan/sheet", Data: p}, nil
}

// workplanMonthPage is chương trình công tác of a month.
type workplanMonthPage struct {
	Year, Month int
	Sectors     []workplanSector
	Days        []workplan.Day
	Paper       workplanPaper
	MayKeep     bool
}

func (s *site) workplanMonth(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	year, err := workplanYear(r)
	if err != nil {
		return Reply{}, err
	}
	month, err := strconv.Atoi(r.PathValue("month"))
	if err != nil || month < 1 || month > 12 {
		return Reply{}, fault.Missing("Không có tháng này.")
	}
	whole, err := workplanOf(tx, by, r, year, "")
	if err != nil {
		return Reply{}, err
	}
	p := &workplanMonthPage{Year: year, Month: month, MayKeep: whole.MayKeep}
	for _, sector := range whole.Sectors {
		sector.Lines = slices.DeleteFunc(slices.Clone(sector.Lines), func(l workplanLine) bool { return !l.Fits(month) })
		if len(sector.Lines) > 0 {
			p.Sectors = append(p.Sectors, sector)
		}
	}
	p.Days = slices.DeleteFunc(whole.Days, func(d workplan.Day) bool { return d.Month != month })
	one, err := workplan.PaperOf(tx, by, workplan.MonthRun, year, month)
	p.Paper = workplanPaper{workplan.MonthRun, one, paperBadge(one), fmt.Sprintf("thang-%d", month)}
	return Reply{Page: "workplan/month", Data: p}, err
}
