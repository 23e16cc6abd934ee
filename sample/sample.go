// Package sample builds một tỉnh mẫu: one believable province, the same on every machine, in which the demonstration,
// the tests and `serve --dev` live. Everything in it goes through the functions that the pages use, by the actors who
// would do it, at the hour it would happen. Names of people are invented; figures are assumed and marked so.
package sample

import (
	"context"
	"fmt"
	"slices"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/files"
	"giaoban/internal/id"
	"giaoban/org"
	"giaoban/people"
)

// Province is the sample in a database: its bodies and the people who act.
type Province struct {
	DB    *db.DB
	Clock *db.Clock // set it to move the province's time; nil when another clock was given

	BTGTU, VPB, PKG, BCSUBND, SKHCN, SGDDT, SYT, SVHTT, STNMT, SLDTBXH, STTTT, SNV, BHXH, BTGNT, BTGNH, BTGDK org.Body

	Officer access.Actor // chuyên viên Phòng Khoa giáo
	Leader  access.Actor // Trưởng ban
	Deputy  access.Actor // Phó Trưởng ban
	Clerk   access.Actor // văn thư
	Admin   access.Actor
	Speaker access.Actor

	bodies map[string]org.Body
	actors map[string]access.Actor // by login
}

// Body gives a body of the province by its code; it panics on a code the province does not have.
func (p *Province) Body(code string) org.Body {
	b, ok := p.bodies[code]
	if !ok {
		panic("sample: không có cơ quan " + code)
	}
	return b
}

// AgencyOfficer is the focal point of a body.
func (p *Province) AgencyOfficer(b org.Body) access.Actor { return p.of(b, access.AgencyOfficer) }

// AgencyLeader is the leader of a body.
func (p *Province) AgencyLeader(b org.Body) access.Actor { return p.of(b, access.AgencyLeader) }

func (p *Province) of(b org.Body, role access.Role) access.Actor {
	for _, place := range places() {
		if place.Code != b.Code {
			continue
		}
		for _, person := range place.people {
			if person.role == role {
				return p.actors[person.login]
			}
		}
	}
	panic(fmt.Sprintf("sample: %s không có %s", b.Code, role.Name()))
}

// Actor gives whoever signs in with a login of the sample.
func (p *Province) Actor(login string) access.Actor { return p.actors[login] }

// Begin and End are the first day of the sample's story and the day of the briefing with which it ends.
var (
	Begin = date("2020-03-02")
	End   = date("2022-04-01")
)

// Played is the hour at which the story has been told: the briefing is over, its tasks are on the desks.
var Played = End.StartOfDay().Add(17*time.Hour + 5*time.Minute)

// Seed is the seed of the ids.
const Seed = "Giao Ban, tỉnh mẫu"

// BuildUntil fills an empty database with the province as it was at an hour of a day: everything dated up to then has
// happened, nothing later. One that it has filled up to an earlier hour, from, it takes on from there; its later ids are not
// those that it would have given at once. say, when not nil, is told each step of the last quarter. store keeps attached
// files. The database lives by the sample's clock and ids afterwards too; p.Clock moves it.
func BuildUntil(ctx context.Context, d *db.DB, store *files.Store, from, until time.Time, say func(Step)) (*Province, error) {
	clock := &db.Clock{}
	s := &stage{ctx: ctx, d: d, store: store, clock: clock, say: say}
	if !from.IsZero() {
		clock.Set(from)
		d.LiveBy(clock.Now, id.Seeded(Seed+", "+db.InstantOf(from).String()))
		p, err := Load(ctx, d)
		if err != nil {
			return nil, err
		}
		p.Clock, s.p = clock, p
		return p, s.play(from, until)
	}
	clock.Set(on(Begin, 8, 0))
	d.LiveBy(clock.Now, id.Seeded(Seed))
	if err := s.found(); err != nil {
		return nil, err
	}
	return s.p, s.play(from, until)
}

// play lets happen what is dated after one hour and up to another.
func (s *stage) play(from, until time.Time) error {
	events := slices.Concat(s.history(), s.directives(), s.quarter(), s.office())
	slices.SortStableFunc(events, func(a, b event) int { return a.at.Compare(b.at) })
	for _, e := range events {
		if !e.at.After(from) {
			continue
		}
		if e.at.After(until) {
			break
		}
		s.clock.Set(e.at)
		if err := s.d.WriteLong(s.ctx, func(tx *db.Tx) error { s.told = nil; return e.do(tx) }); err != nil {
			return fmt.Errorf("tỉnh mẫu, %s, %s: %w", db.InstantOf(e.at), e.name, err)
		}
		if e.step && s.say != nil {
			s.say(Step{At: e.at, Name: e.name, Details: s.told})
		}
	}
	s.clock.Set(until)
	return s.d.WriteLong(s.ctx, func(tx *db.Tx) error {
		return org.Set(tx, access.System("tỉnh mẫu"), org.ClockFrom, calendar.OfInstant(until).Vietnamese())
	})
}

// Step is one thing that happened, as the demonstration tells it.
type Step struct {
	At      time.Time
	Name    string
	Details []string
}

// event is one thing that happens in one transaction.
type event struct {
	at   time.Time
	name string
	step bool // told by the demonstration
	do   func(tx *db.Tx) error
}

// stage is where the story is played.
type stage struct {
	ctx   context.Context
	d     *db.DB
	store *files.Store
	clock *db.Clock
	p     *Province
	say   func(Step)
	told  []string
}

// tell notes a line about what is happening.
func (s *stage) tell(format string, args ...any) {
	s.told = append(s.told, fmt.Sprintf(format, args...))
}

// found enters the bodies, the people and the settings.
func (s *stage) found() error {
	err := s.d.WriteLong(s.ctx, func(tx *db.Tx) error {
		admin := access.System("lập tỉnh mẫu")
		for _, setting := range [][2]string{
			{org.Province, "tỉnh Khánh Hòa"}, {org.Superior, "TỈNH ỦY KHÁNH HÒA"}, {org.Banner, Mark},
		} {
			if err := org.Set(tx, admin, setting[0], setting[1]); err != nil {
				return err
			}
		}
		var commission org.Body
		for i, place := range places() {
			place.Sort = i + 1
			if place.Kind == org.OwnUnit {
				place.Parent = commission.ID
			}
			b, err := org.Create(tx, admin, place.New)
			if err != nil {
				return err
			}
			if place.Code == BTGTU {
				commission = b
			}
			for _, person := range place.people {
				who, err := people.AddPerson(tx, admin, person.name, person.phone)
				if err != nil {
					return err
				}
				if _, err := people.AddPost(tx, admin, who, b.ID, person.title, person.role, person.signs, date("2020-01-02"), b.ValidTo); err != nil {
					return err
				}
				if _, err := people.AddAccount(tx, admin, who, person.login, ""); err != nil {
					return err
				}
			}
		}
		return org.EnterReference(tx, admin)
	})
	if err != nil {
		return err
	}
	s.p, err = Load(s.ctx, s.d)
	if err == nil {
		s.p.Clock = s.clock
	}
	return err
}

// Load finds the province in a database that BuildUntil has filled.
func Load(ctx context.Context, d *db.DB) (*Province, error) {
	p := &Province{DB: d, bodies: make(map[string]org.Body), actors: make(map[string]access.Actor)}
	err := d.Read(ctx, func(tx *db.Tx) error {
		admin := access.System("đọc tỉnh mẫu")
		for _, place := range places() {
			b, err := org.ByCode(tx, admin, place.Code, calendar.OfInstant(tx.Clock()))
			if err != nil {
				return err
			}
			p.bodies[place.Code] = b
			for _, person := range place.people {
				a, err := people.FindAccount(tx, admin, person.login)
				if err != nil {
					return err
				}
				p.actors[person.login] = access.Actor{Person: a.Person, Name: a.Name, Role: person.role, Body: b.ID, BodyCode: b.Code}
			}
		}
		return nil
	})
	for code, field := range map[string]*org.Body{BTGTU: &p.BTGTU, VPB: &p.VPB, PKG: &p.PKG, BCSUBND: &p.BCSUBND, SKHCN: &p.SKHCN,
		SGDDT: &p.SGDDT, SYT: &p.SYT, SVHTT: &p.SVHTT, STNMT: &p.STNMT, SLDTBXH: &p.SLDTBXH, STTTT: &p.STTTT, SNV: &p.SNV,
		BHXH: &p.BHXH, BTGNT: &p.BTGNT, BTGNH: &p.BTGNH, BTGDK: &p.BTGDK} {
		*field = p.bodies[code]
	}
	p.Officer, p.Leader, p.Deputy = p.actors["khoagiao"], p.actors["truongban"], p.actors["photruongban"]
	p.Clerk, p.Admin, p.Speaker = p.actors["vanthu"], p.actors["quantri"], p.actors["baocaovien"]
	return p, err
}

// At moves the province's clock to nine o'clock of a day; what is dated later than the day the province was built for
// has not happened.
func (p *Province) At(day string) calendar.Date {
	to := date(day)
	p.Clock.Set(on(to, 9, 0))
	return to
}
