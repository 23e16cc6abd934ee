package web

// allRoutes lists the rooms that have pages, in the order of the menu.
func (s *site) allRoutes() {
	s.siteRoutes()
	s.deskRoutes()
	s.reportRoutes()
	s.consolidationRoutes()
	s.briefingRoutes()
	s.taskRoutes()
	s.paperRoutes()
	s.directiveRoutes()
	s.reviewRoutes()
	s.archiveRoutes()
	s.lineageRoutes()
	s.regimeRoutes()
	s.orgRoutes()
	s.successionRoutes()
	s.libraryRoutes()
	s.journalRoutes()
	s.peopleRoutes()
	s.accessRoutes()
}
