package paper

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/org"
)

// TermsSetting names the office's setting with the first days of the Party terms, "2020-10-13 2025-10-01": Party
// papers are numbered through a term, and each Party committee's congress has its own day.
const TermsSetting = "party_terms"

// mostNumber is the largest number a paper may bear.
const mostNumber = 99_999

// defaultTerms: provincial congresses were held around October of the years divisible by five. An assumption for an
// office that has not entered its own days.
var defaultTerms = []string{"2005-10-01", "2010-10-01", "2015-10-01", "2020-10-01", "2025-10-01", "2030-10-01"}

// BookOf names the book a paper of this family is numbered in on a day: "2020-2025" for Party papers, one per term;
// "2022" for State papers, one per year.
func BookOf(tx *db.Tx, family official.Family, day calendar.Date) (string, error) {
	if family == official.State {
		return strconv.Itoa(day.Year()), nil
	}
	setting, err := org.Setting(tx, TermsSetting)
	if err != nil {
		return "", err
	}
	days := strings.Fields(strings.ReplaceAll(setting, ",", " "))
	if len(days) == 0 {
		days = defaultTerms
	}
	slices.Sort(days)
	start, end := day.Year()/5*5, 0
	for _, text := range days {
		first, err := calendar.ParseDate(text)
		if err != nil {
			return "", fmt.Errorf("cài đặt %s: %w", TermsSetting, err)
		}
		if first.After(day) {
			end = first.Year()
			break
		}
		start = first.Year()
	}
	if end == 0 {
		end = start + 5
	}
	return fmt.Sprintf("%d-%d", start, end), nil
}

// NextNumber suggests the number after the largest one used in the book of that day; the clerk may type another,
// because the same book also numbers papers made elsewhere.
func NextNumber(tx *db.Tx, by access.Actor, id db.ID, day calendar.Date) (int64, error) {
	p, err := Find(tx, by, id)
	if err != nil {
		return 0, err
	}
	book, err := BookOf(tx, p.Family, day)
	if err != nil {
		return 0, err
	}
	return p.next(tx, book)
}

func (p *Paper) next(tx *db.Tx, book string) (int64, error) {
	return next(tx, p.Body, p.Kind, book)
}

// EnterNumber is vào số: the clerk gives number and date together. Until the release they may be corrected by entering
// them again. Unusual but possible numbers and dates are told in Warnings.
func EnterNumber(tx *db.Tx, by access.Actor, id db.ID, number int64, date calendar.Date) (Paper, error) {
	p, err := open(tx, by, access.NumberPaper, id)
	if err != nil {
		return Paper{}, err
	}
	if err := p.takesNumber(); err != nil {
		return Paper{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	var wrong fault.List
	if number < 1 || number > mostNumber {
		wrong.Add("number", "Số văn bản là số nguyên từ 1 đến 99.999.")
	}
	if date.IsZero() {
		wrong.Add("date", "Cần ngày văn bản, nhập cùng với số.")
	}
	wrong.AddError("date", calendar.Happened("Ngày văn bản", date, today))
	wrong.AddError("date", p.afterSigning(date))
	if err := wrong.Err(); err != nil {
		return Paper{}, err
	}
	book, err := BookOf(tx, p.Family, date)
	if err != nil {
		return Paper{}, err
	}
	if err := p.free(tx, book, number); err != nil {
		return Paper{}, err
	}
	before := p.Symbol
	if err := p.bear(tx, by, book, number, date); err != nil {
		return Paper{}, err
	}
	if _, err := tx.Exec(`
insert into paper_number (paper, org, kind, book, number, date, symbol, at, by_actor, by_name)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (paper) do update
set book = excluded.book, number = excluded.number, date = excluded.date, symbol = excluded.symbol, at = excluded.at,
	by_actor = excluded.by_actor, by_name = excluded.by_name`,
		p.ID, p.Body, string(p.Kind), book, number, date, p.Symbol, p.NumberedAt, by.Key(), by.Name); err != nil {
		return Paper{}, err
	}
	if p.Warnings, err = p.warnings(tx); err != nil {
		return Paper{}, err
	}
	details := journal.Details{"symbol": p.Symbol, "date": date.String(), "book": book}
	if before != "" {
		details["before"] = before
	}
	_, err = journal.Write(tx, by, "numbered", subject(p), details)
	return p, err
}

// takesNumber refuses what stands where no number is entered.
func (p *Paper) takesNumber() error {
	switch p.State {
	case Drafted:
		return fault.Conflict("Văn bản chưa được ký nên chưa vào số được.")
	case Kept:
		return fault.Conflict("Biên bản không vào số: bản đủ hai chữ ký là bản lưu trong hồ sơ.")
	case Released:
		return fault.Conflict("Văn bản đã phát hành với số %s, không đổi số được nữa.", p.Symbol)
	case Withdrawn:
		return fault.Conflict("Văn bản đã rút, không vào số được.")
	}
	return nil
}

func (p *Paper) afterSigning(date calendar.Date) error {
	return calendar.NotBefore("Ngày văn bản", date, "ngày ký trong chương trình", calendar.OfInstant(p.SignedAt.Time()))
}

// bear is the paper with its number, as it will be printed.
func (p *Paper) bear(tx *db.Tx, by access.Actor, book string, number int64, date calendar.Date) error {
	content, err := contentOf(tx, p.ID)
	if err != nil {
		return err
	}
	p.Number, p.Date, p.Book, p.NumberedAt, p.NumberedBy = number, date, book, tx.Now(), by.Name
	d, err := p.document(tx, by, content)
	p.Symbol, p.State = symbolOf(d), p.state()
	return err
}

// free refuses a number that another paper of the book already has, and names that paper.
func (p *Paper) free(tx *db.Tx, book string, number int64) error {
	var holders []string
	if err := tx.Select(&holders, `
select p.subject from paper_number n
join paper p on p.id = n.paper
where n.org = ? and n.kind = ? and n.book = ? and n.number = ? and n.paper <> ?`, p.Body, string(p.Kind), book, number, p.ID); err != nil {
		return err
	}
	if len(holders) == 0 {
		return nil
	}
	next, err := p.next(tx, book)
	if err != nil {
		return err
	}
	return fault.Invalid("number", "Số %d đã dùng cho %s “%s” trong sổ %s. Số tiếp theo là %d.", number, p.Kind.Name(), holders[0], book, next)
}
