package db

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Instant is a moment as both engines keep it: microseconds since 1970 in UTC, a bigint. 0 is "not yet", NULL in the
// database: max() over a timestamp column loses its type on SQLite, a bigint does not.
type Instant int64

// InstantOf cuts t to the microsecond.
func InstantOf(t time.Time) Instant {
	if t.IsZero() {
		return 0
	}
	return Instant(t.UnixMicro())
}

// Vietnam is the only zone the office lives in: UTC+7, no summer time.
var Vietnam = time.FixedZone("+07", 7*3600)

// Time gives the moment in Vietnam's zone; the zero Time for 0.
func (i Instant) Time() time.Time {
	if i == 0 {
		return time.Time{}
	}
	return time.UnixMicro(int64(i)).In(Vietnam)
}

// String is "14:03 ngày 05/4/2022".
func (i Instant) String() string {
	if i == 0 {
		return ""
	}
	t := i.Time()
	month := fmt.Sprintf("%d", t.Month())
	if t.Month() < 3 {
		month = "0" + month // offices pad January and February, so that a 1 cannot become a 12
	}
	return fmt.Sprintf("%02d:%02d ngày %02d/%s/%d", t.Hour(), t.Minute(), t.Day(), month, t.Year())
}

// RFC3339 is the form the API speaks, in Vietnam's zone; "" for 0.
func (i Instant) RFC3339() string {
	if i == 0 {
		return ""
	}
	return i.Time().Format("2006-01-02T15:04:05.000000-07:00")
}

// MarshalText is RFC3339.
func (i Instant) MarshalText() ([]byte, error) { return []byte(i.RFC3339()), nil }

// Scan reads a bigint or NULL.
func (i *Instant) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*i = 0
	case int64:
		*i = Instant(v)
	default:
		return fmt.Errorf("db: %T is no instant", v)
	}
	return nil
}

// Value writes a bigint, or NULL for 0.
func (i Instant) Value() (driver.Value, error) {
	if i == 0 {
		return nil, nil
	}
	return int64(i), nil
}
