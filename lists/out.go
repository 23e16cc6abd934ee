package lists

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/org"
	"giaoban/people"
	"giaoban/report"
)

// Out writes what the office has of a list in the columns in which the list comes in: what is changed in the file can be
// brought back, and what is not changed changes nothing.
func Out(tx *db.Tx, by access.Actor, l List, o Options) ([][]string, error) {
	if err := by.May(l.Act, by.Body); err != nil {
		return nil, err
	}
	c := &checking{tx: tx, by: by, options: o, today: calendar.OfInstant(tx.Clock())}
	c.List = l
	rows, err := l.out(c)
	if err == nil {
		err = c.Err()
	}
	return append([][]string{l.Blank()[0]}, rows...), err
}

func (c *checking) bodiesOut() (rows [][]string, err error) {
	all, err := org.At(c.tx, c.by, c.today)
	if err != nil {
		return nil, err
	}
	sectors, err := org.SectorsEntered(c.tx, c.by, c.today)
	if err != nil {
		return nil, err
	}
	names := make(map[db.ID]string, len(all))
	for _, b := range all {
		names[b.ID] = b.Name
	}
	for _, b := range all {
		var fields []string
		for _, code := range sectors[b.ID] {
			fields = append(fields, sectorName(code))
		}
		rows = append(rows, []string{b.Name, b.ShortName, b.Kind.Name(), b.Symbol, names[b.Parent], strings.Join(fields, "; "),
			b.ValidFrom.Vietnamese(), "", ""})
	}
	return rows, nil
}

func (c *checking) peopleOut() (rows [][]string, err error) {
	posts, err := people.PostsOn(c.tx, c.by, c.today)
	if err != nil {
		return nil, err
	}
	accounts, err := people.Accounts(c.tx, c.by)
	if err != nil {
		return nil, err
	}
	names, err := org.Names(c.tx, c.today)
	if err != nil {
		return nil, err
	}
	for _, p := range posts {
		at := slices.IndexFunc(accounts, func(a people.Account) bool { return a.Person == p.Person && !a.Disabled() })
		if at >= 0 {
			rows = append(rows, []string{p.Name, p.Title, names[p.Body].Name, p.Role.Name(), p.Phone, accounts[at].Login,
				p.ValidFrom.Vietnamese(), p.Signs.Name()})
		}
	}
	return rows, nil
}

func (c *checking) indicatorsOut() (rows [][]string, err error) {
	regime, err := c.regime()
	if err != nil || regime.ID == "" {
		return nil, err
	}
	forms, err := report.Forms(c.tx, c.by, regime.ID)
	if err != nil || len(forms) == 0 {
		return nil, err
	}
	o := forms[0].Outline
	named := func(code string) string {
		for _, in := range o.Indicators {
			if in.Code == code {
				return in.Name
			}
		}
		return ""
	}
	for _, in := range o.Indicators {
		target, factor := "", ""
		if in.Target != nil {
			target = decimal.FormatVietnamese(*in.Target, in.Decimals)
		}
		if in.Aggregation == report.Ratio {
			factor = strconv.FormatInt(in.Factor, 10)
		}
		rows = append(rows, []string{in.Name, sectorOf(o, in.Sector), in.Unit, in.Aggregation.Name(), strconv.Itoa(in.Decimals),
			directionNames(cmp.Or(in.Direction, report.NoDirection))[0], target, fractionNames(cmp.Or(in.Fraction, report.NoFraction))[0],
			named(in.Numerator), named(in.Denominator), factor})
	}
	return rows, nil
}

func (c *checking) directivesOut() (rows [][]string, err error) {
	for after := db.ID(""); ; {
		found, err := directive.Entries(c.tx, c.by, "", after)
		if err != nil || len(found) == 0 {
			return rows, err
		}
		for _, d := range found {
			var fields []string
			for _, s := range directive.AllSectors {
				if d.Sectors.Has(s.Code) {
					fields = append(fields, s.Name)
				}
			}
			rows = append(rows, []string{d.Type, d.Symbol, d.Date.Vietnamese(), d.Issuer, d.Subject, strings.Join(fields, "; "), d.Term,
				d.ArrivedNo, d.ArrivedOn.Vietnamese(), d.ValidTo.Vietnamese()})
		}
		after = found[len(found)-1].ID
	}
}
