package calendar

import "math"

// The Vietnamese lunar calendar: a month begins on the day, at UTC+7, of the new
// moon; the winter solstice falls in month 11; in a year of thirteen months the first
// month without a major solar term repeats the number before it. Positions of moon
// and sun follow Meeus, Astronomical Algorithms, chapters 25 and 49, with the terms
// that matter to a minute. Reckoned at UTC+8 some days differ: Tết 2030 is 02/02 in
// Việt Nam and 03/02 in China.

// lunarDate returns the day of an ordinary (not repeated) lunar month, 1 to 10, of
// the lunar year that begins in `year`.
func lunarDate(year, month, day int) Date {
	moon := solsticeMoon(year - 1)
	leap := solsticeMoon(year)-moon == 13
	for n := 11; ; {
		moon++
		start := moonDay(moon)
		if leap && solarTerm(start) == solarTerm(moonDay(moon+1)) {
			leap = false
			continue
		}
		if n = n%12 + 1; n == month {
			return fromNumber(start + day - 1)
		}
	}
}

// solsticeMoon is the count of the new moon that opens month 11 in December of `year`.
func solsticeMoon(year int) int {
	moon := int(math.Floor(float64(year+1-2000)*12.3685)) + 1
	for last := On(year, 12, 31).number(); moonDay(moon) > last || solarTerm(moonDay(moon)) > 8; {
		moon--
	}
	return moon
}

const (
	unixJulian = 2440587.5 // Julian date of 01/01/1970 00:00 UT
	localTime  = 7.0 / 24
	// Dynamical minus universal time, about 72 seconds in the years served here.
	deltaT = 72.0 / 86400
)

// moonDay is the day number, at UTC+7, of a new moon counted from January 2000.
func moonDay(moon int) int {
	return int(math.Floor(newMoon(float64(moon)) - deltaT - unixJulian + localTime))
}

// solarTerm is the twelfth of the ecliptic, 0 to 11, in which the sun stands when a
// day begins; 9 begins at the winter solstice.
func solarTerm(day int) int {
	return int(sunLongitude(float64(day)+unixJulian-localTime+deltaT) / 30)
}

func sin(degrees float64) float64 { return math.Sin(degrees * math.Pi / 180) }

// newMoon is the Julian date of the k-th new moon after 06/01/2000.
func newMoon(k float64) float64 {
	t := k / 1236.85
	e := 1 - 0.002516*t - 0.0000074*t*t
	sun := 2.5534 + 29.10535670*k
	moon := 201.5643 + 385.81693528*k + 0.0107582*t*t
	node := 160.7108 + 390.67050284*k - 0.0016118*t*t
	return 2451550.09766 + 29.530588861*k + 0.00015437*t*t -
		0.40720*sin(moon) + 0.17241*e*sin(sun) +
		0.01608*sin(2*moon) + 0.01039*sin(2*node) +
		0.00739*e*sin(moon-sun) - 0.00514*e*sin(moon+sun) +
		0.00208*e*e*sin(2*sun) - 0.00111*sin(moon-2*node) -
		0.00057*sin(moon+2*node) + 0.00056*e*sin(2*moon+sun) -
		0.00042*sin(3*moon) + 0.00042*e*sin(sun+2*node) +
		0.00038*e*sin(sun-2*node) - 0.00024*e*sin(2*moon-sun) -
		0.00017*sin(124.7746-1.56375588*k)
}

// sunLongitude is the apparent longitude of the sun in degrees, 0 to 360.
func sunLongitude(jd float64) float64 {
	t := (jd - 2451545) / 36525
	m := 357.52911 + 35999.05029*t
	l := 280.46646 + 36000.76983*t +
		(1.914602-0.004817*t)*sin(m) + 0.019993*sin(2*m) + 0.000289*sin(3*m) -
		0.00569 - 0.00478*sin(125.04-1934.136*t)
	return l - 360*math.Floor(l/360)
}
