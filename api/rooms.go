package api

// rooms are the rooms that other programs can reach.
var rooms = []room{officeRoom, reportRoom, briefingRoom, conferenceRoom, paperRoom, taskRoom, directiveRoom, appraisalRoom, programmeRoom}
