/** What is said of clocks and zones. */
export const enClocks = {
  "diagnostic.zone-in-log": "A log names its own zone; that zone was used.",
  "diagnostic.clock-unanchored": "Nothing ties the runner’s clock to the cluster’s: durations hold, times of day are local.",
  "diagnostic.clock-zone-alone":
    "Of the runner’s clock only its zone is known, not by how much it is wrong: times of day may be off by that, and nothing is measured between the log and the cluster. --clock-offset says how far it is off.",
  "diagnostic.clock-by-schedule":
    "The Jobs of this log were made by a CronJob, not for a request in the log: they show the zone of the runner’s clock, not by how much it is wrong. Times of day may be off by that, and nothing is measured between the log and the cluster. --clock-offset says how far it is off.",
  "diagnostic.clock-of-server":
    "Only the dates in answers of a web server show how far the runner’s clock is off, and that server’s clock need not be the cluster’s: nothing is measured between the log and the cluster. --clock-offset says how far it is off.",
  "diagnostic.clock-zone-changed":
    "Summer time began or ended during the run: the runner’s clock was set by {minutes} minutes. Its times run on as before ({paths}).",
  "diagnostic.clock-zone-assumed":
    "The log goes back by {minutes} minutes: taken for the end of summer time, though nothing else proves it ({paths}).",
  "diagnostic.clock-hole":
    "The log is silent where summer time may have set its clock ({silences} by that clock). Nothing tells whether it was set: durations across it are left out, and on a side where no Job ties the clock to the cluster’s, times of day are local. --tz with the name of the zone settles it ({paths}).",
  "diagnostic.clock-step":
    "The runner’s clock was corrected by {seconds} s during the run. Before and after it were measured apart; durations across it are left out ({paths}).",
  "diagnostic.clock-widened": {
    plural: "count",
    one: "1 bound at the edge of the run does not fit the runner’s clock, which may have been corrected; its uncertainty was widened to hold it.",
    other:
      "{count} bounds in a row do not fit the runner’s clock, which may have been corrected; its uncertainty was widened to hold them.",
  },
  "diagnostic.clock-bounds-disagree": "Of {total} bounds on the runner’s clock only {anchors} agree.",
  "diagnostic.audit-clock-ahead":
    "The times in the audit log {path} are {seconds} s ahead of those of the cluster: {creations} creations stand in it later than the objects themselves say. They are moved back by that. Whoever passes the log on seems to stamp it anew.",
  "diagnostic.audit-clock-behind":
    "The times in the audit log {path} are {seconds} s behind those of the cluster: {creations} creations stand in it earlier than the objects themselves say. They are moved forward by that. Whoever passes the log on seems to stamp it anew.",
  "diagnostic.sender-clock-ahead":
    "The clock of {sender} is {seconds} s ahead of the API server’s, by {stamps} of its stamps. What it stamped is moved back by that.",
  "diagnostic.sender-clock-behind":
    "The clock of {sender} is {seconds} s behind the API server’s, by {stamps} of its stamps. What it stamped is moved forward by that.",
  "diagnostic.clock-drift": "The runner’s clock drifts by {ppm} ppm; it was corrected.",
} as const;
