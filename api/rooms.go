package api

// rooms are the rooms that other programs can reach.
var rooms = []room{officeRoom, reportRoom, briefingRoom, paperRoom, taskRoom, directiveRoom}
