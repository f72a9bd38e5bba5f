-- A whole database of commit a0b8700, made with the use cases of commit a0b8700: people pressed and
-- typed in Discord what its bot offered. What SQLite derives by itself is left out or derived anew.
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE programme (
	id BIGINT NOT NULL,
	language VARCHAR(20) NOT NULL,
	timezone VARCHAR NOT NULL,
	preset VARCHAR(20) NOT NULL,
	created_at VARCHAR(27) NOT NULL, started_by BIGINT, joining VARCHAR(20) DEFAULT 'open' NOT NULL, word_one VARCHAR DEFAULT '' NOT NULL, word_many VARCHAR DEFAULT '' NOT NULL, word_definite VARCHAR DEFAULT '' NOT NULL, digest_weekday INTEGER DEFAULT '3' NOT NULL, digest_hour INTEGER DEFAULT '9' NOT NULL, reminders VARCHAR DEFAULT '10080,1440,60' NOT NULL, removed_at VARCHAR(27), digest_off VARCHAR DEFAULT '' NOT NULL, digest_greeting VARCHAR DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE TABLE journal (
	id INTEGER NOT NULL,
	programme_id BIGINT NOT NULL,
	at VARCHAR(27) NOT NULL,
	who BIGINT,
	kind VARCHAR NOT NULL,
	subject VARCHAR NOT NULL,
	subject_id BIGINT,
	data JSON NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(programme_id) REFERENCES programme (id)
);
CREATE TABLE organisation (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	programme_id BIGINT NOT NULL,
	name VARCHAR NOT NULL,
	folded VARCHAR NOT NULL,
	size INTEGER,
	created_at VARCHAR(27) NOT NULL, code VARCHAR DEFAULT '' NOT NULL, contact_id BIGINT, removed_at VARCHAR(27),
	FOREIGN KEY(programme_id) REFERENCES programme (id)
);
CREATE TABLE place (
	programme_id BIGINT NOT NULL,
	slot VARCHAR NOT NULL,
	kind VARCHAR(20) NOT NULL,
	discord_id BIGINT NOT NULL,
	PRIMARY KEY (programme_id, slot),
	FOREIGN KEY(programme_id) REFERENCES programme (id)
);
CREATE TABLE track (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	programme_id BIGINT NOT NULL,
	name VARCHAR NOT NULL,
	short VARCHAR NOT NULL,
	emoji VARCHAR NOT NULL,
	description VARCHAR NOT NULL,
	created_at VARCHAR(27) NOT NULL, closed BOOLEAN DEFAULT '0' NOT NULL, archived_at VARCHAR(27), discussion_days INTEGER DEFAULT '0' NOT NULL, voting_days INTEGER DEFAULT '0' NOT NULL,
	FOREIGN KEY(programme_id) REFERENCES programme (id)
);
CREATE TABLE organisation_track (
	organisation_id INTEGER NOT NULL,
	track_id INTEGER NOT NULL,
	PRIMARY KEY (organisation_id, track_id),
	FOREIGN KEY(organisation_id) REFERENCES organisation (id),
	FOREIGN KEY(track_id) REFERENCES track (id)
);
CREATE TABLE participant (
	id INTEGER NOT NULL,
	programme_id BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	organisation_id INTEGER NOT NULL,
	joined_at VARCHAR(27) NOT NULL,
	left_at VARCHAR(27),
	PRIMARY KEY (id),
	FOREIGN KEY(organisation_id) REFERENCES organisation (id),
	FOREIGN KEY(programme_id) REFERENCES programme (id)
);
CREATE TABLE member (
	programme_id BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	reach VARCHAR(20) NOT NULL,
	reminders BOOLEAN NOT NULL,
	weekly_list BOOLEAN NOT NULL,
	roles_due BOOLEAN NOT NULL,
	gone_at VARCHAR(27),
	PRIMARY KEY (programme_id, member_id),
	FOREIGN KEY(programme_id) REFERENCES programme (id)
);
CREATE TABLE join_request (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	programme_id BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	organisation_id INTEGER NOT NULL,
	status VARCHAR(20) NOT NULL,
	asked_at VARCHAR(27) NOT NULL,
	decided_by BIGINT,
	channel_id BIGINT,
	message_id BIGINT,
	FOREIGN KEY(organisation_id) REFERENCES organisation (id),
	FOREIGN KEY(programme_id) REFERENCES programme (id)
);
CREATE TABLE upload (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	programme_id BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	kind VARCHAR NOT NULL,
	body JSON NOT NULL,
	saved_at VARCHAR(27) NOT NULL,
	used_at VARCHAR(27),
	FOREIGN KEY(programme_id) REFERENCES programme (id)
);
CREATE TABLE key_area (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	programme_id BIGINT NOT NULL,
	name VARCHAR NOT NULL,
	folded VARCHAR NOT NULL,
	FOREIGN KEY(programme_id) REFERENCES programme (id)
);
CREATE TABLE factor_version (
	factor_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	title VARCHAR NOT NULL,
	how VARCHAR NOT NULL,
	context VARCHAR NOT NULL,
	evidence VARCHAR NOT NULL,
	small BOOLEAN NOT NULL,
	until VARCHAR(27) NOT NULL,
	PRIMARY KEY (factor_id, number),
	FOREIGN KEY(factor_id) REFERENCES factor (id)
);
CREATE TABLE experience (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	factor_id INTEGER NOT NULL,
	organisation_id INTEGER NOT NULL,
	participant_id INTEGER,
	stance VARCHAR(20) NOT NULL,
	how VARCHAR NOT NULL,
	current BOOLEAN NOT NULL,
	confirmed_at VARCHAR(27),
	written_at VARCHAR(27) NOT NULL,
	FOREIGN KEY(factor_id) REFERENCES factor (id),
	FOREIGN KEY(organisation_id) REFERENCES organisation (id),
	FOREIGN KEY(participant_id) REFERENCES participant (id)
);
CREATE TABLE "draft" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	programme_id BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	track_id INTEGER,
	title VARCHAR NOT NULL,
	kind VARCHAR(20) NOT NULL,
	how VARCHAR NOT NULL,
	saved_at VARCHAR(27) NOT NULL,
	organisation_id INTEGER,
	context VARCHAR DEFAULT '' NOT NULL,
	evidence VARCHAR DEFAULT '' NOT NULL,
	key_area_id INTEGER,
	discreet BOOLEAN DEFAULT 0 NOT NULL,
	source_channel_id BIGINT,
	source_message_id BIGINT,
	asked BOOLEAN DEFAULT 0 NOT NULL, occurrence_id INTEGER REFERENCES occurrence (id), apart BOOLEAN DEFAULT 0 NOT NULL,
	CONSTRAINT draft_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id),
	CONSTRAINT draft_key_area FOREIGN KEY(key_area_id) REFERENCES key_area (id),
	FOREIGN KEY(programme_id) REFERENCES programme (id),
	FOREIGN KEY(track_id) REFERENCES track (id)
);
CREATE TABLE "factor" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	programme_id BIGINT NOT NULL,
	track_id INTEGER,
	title VARCHAR NOT NULL,
	folded VARCHAR NOT NULL,
	kind VARCHAR(20) NOT NULL,
	how VARCHAR NOT NULL,
	participant_id INTEGER,
	organisation_id INTEGER NOT NULL,
	status VARCHAR(20) NOT NULL,
	revision INTEGER NOT NULL,
	created_at VARCHAR(27) NOT NULL,
	channel_id BIGINT,
	message_id BIGINT,
	thread_id BIGINT,
	context VARCHAR DEFAULT '' NOT NULL,
	evidence VARCHAR DEFAULT '' NOT NULL,
	key_area_id INTEGER,
	discreet BOOLEAN DEFAULT 0 NOT NULL,
	source_channel_id BIGINT,
	source_message_id BIGINT,
	on_behalf BOOLEAN DEFAULT 0 NOT NULL,
	reason VARCHAR DEFAULT '' NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	voted_version INTEGER DEFAULT '1' NOT NULL,
	standing VARCHAR(20) DEFAULT 'too_early' NOT NULL,
	score FLOAT DEFAULT '0.25' NOT NULL,
	split FLOAT DEFAULT '0.0' NOT NULL,
	discussed INTEGER DEFAULT '0' NOT NULL,
	recount_due BOOLEAN DEFAULT 0 NOT NULL,
	merged_into_id INTEGER,
	root_id INTEGER,
	decided_at VARCHAR(27),
	moved_at VARCHAR(27),
	stale_at VARCHAR(27),
	opens_at VARCHAR(27),
	closes_at VARCHAR(27),
	changed_at VARCHAR(27), occurrence_id INTEGER REFERENCES occurrence (id),
	CONSTRAINT factor_merged_into FOREIGN KEY(merged_into_id) REFERENCES factor (id),
	CONSTRAINT factor_root FOREIGN KEY(root_id) REFERENCES factor (id),
	CONSTRAINT factor_key_area FOREIGN KEY(key_area_id) REFERENCES key_area (id),
	FOREIGN KEY(organisation_id) REFERENCES organisation (id),
	FOREIGN KEY(programme_id) REFERENCES programme (id),
	FOREIGN KEY(participant_id) REFERENCES participant (id),
	FOREIGN KEY(track_id) REFERENCES track (id)
);
CREATE TABLE "vote" (
	factor_id INTEGER NOT NULL,
	participant_id INTEGER NOT NULL,
	choice VARCHAR(20),
	reason VARCHAR,
	cast_at VARCHAR(27) NOT NULL,
	PRIMARY KEY (factor_id, participant_id),
	FOREIGN KEY(participant_id) REFERENCES participant (id),
	FOREIGN KEY(factor_id) REFERENCES factor (id)
);
CREATE TABLE factor_terms (
	factor_id INTEGER NOT NULL,
	programme_id BIGINT NOT NULL,
	title VARCHAR NOT NULL,
	words VARCHAR NOT NULL,
	PRIMARY KEY (factor_id),
	FOREIGN KEY(factor_id) REFERENCES factor (id),
	FOREIGN KEY(programme_id) REFERENCES programme (id)
);
CREATE TABLE term (
	programme_id BIGINT NOT NULL,
	term VARCHAR NOT NULL,
	backwards VARCHAR NOT NULL,
	factors INTEGER NOT NULL,
	PRIMARY KEY (programme_id, term),
	FOREIGN KEY(programme_id) REFERENCES programme (id)
)
 WITHOUT ROWID;
CREATE VIRTUAL TABLE factor_title_index USING fts5(
    title, content='factor_terms', content_rowid='factor_id',
    tokenize="ascii tokenchars '_'", prefix='1 2 3', detail=none
);
CREATE VIRTUAL TABLE factor_word_index USING fts5(
    words, content='factor_terms', content_rowid='factor_id',
    tokenize="ascii tokenchars '_'", prefix='', detail=none
);
CREATE TABLE delivery (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	programme_id BIGINT NOT NULL,
	"key" VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	subject_id INTEGER NOT NULL,
	data JSON NOT NULL,
	way VARCHAR(20) NOT NULL,
	slot VARCHAR,
	member_id BIGINT,
	bundle VARCHAR NOT NULL,
	due_at VARCHAR(27) NOT NULL,
	expires_at VARCHAR(27) NOT NULL,
	next_at VARCHAR(27) NOT NULL,
	state VARCHAR(20) NOT NULL,
	attempts INTEGER NOT NULL,
	note VARCHAR NOT NULL,
	told BOOLEAN NOT NULL,
	lead_id INTEGER,
	claimed_at VARCHAR(27),
	settled_at VARCHAR(27),
	channel_id BIGINT,
	message_id BIGINT,
	FOREIGN KEY(programme_id) REFERENCES programme (id)
);
CREATE TABLE meeting_draft (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	programme_id BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	data VARCHAR NOT NULL,
	written_at VARCHAR(27) NOT NULL,
	FOREIGN KEY(programme_id) REFERENCES programme (id)
);
CREATE TABLE meeting (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	programme_id BIGINT NOT NULL,
	track_id INTEGER,
	title VARCHAR NOT NULL,
	kind VARCHAR(20) NOT NULL,
	zone VARCHAR NOT NULL,
	wall VARCHAR NOT NULL,
	fold INTEGER NOT NULL,
	minutes INTEGER NOT NULL,
	repeat VARCHAR(20) NOT NULL,
	until VARCHAR,
	times INTEGER,
	place VARCHAR NOT NULL,
	agenda VARCHAR NOT NULL,
	reminders VARCHAR,
	uid VARCHAR NOT NULL,
	sequence INTEGER NOT NULL,
	created_by BIGINT,
	created_at VARCHAR(27) NOT NULL,
	changed_at VARCHAR(27) NOT NULL,
	cancelled_at VARCHAR(27),
	revision INTEGER NOT NULL,
	due BOOLEAN NOT NULL,
	channel_id BIGINT,
	message_id BIGINT,
	event_id BIGINT,
	event_for INTEGER,
	FOREIGN KEY(programme_id) REFERENCES programme (id),
	FOREIGN KEY(track_id) REFERENCES track (id)
);
CREATE TABLE occurrence (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	meeting_id INTEGER NOT NULL,
	original VARCHAR NOT NULL,
	wall VARCHAR NOT NULL,
	fold INTEGER NOT NULL,
	starts_at VARCHAR(27) NOT NULL,
	ends_at VARCHAR(27) NOT NULL,
	title VARCHAR,
	place VARCHAR,
	agenda VARCHAR,
	minutes INTEGER,
	sequence INTEGER NOT NULL,
	asked_at VARCHAR(27),
	cancelled_at VARCHAR(27),
	summary VARCHAR NOT NULL,
	links VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	FOREIGN KEY(meeting_id) REFERENCES meeting (id)
);
CREATE TABLE meeting_answer (
	occurrence_id INTEGER NOT NULL,
	participant_id INTEGER NOT NULL,
	answer VARCHAR(20),
	answered_at VARCHAR(27),
	muted BOOLEAN NOT NULL,
	attended_at VARCHAR(27),
	PRIMARY KEY (occurrence_id, participant_id),
	FOREIGN KEY(occurrence_id) REFERENCES occurrence (id),
	FOREIGN KEY(participant_id) REFERENCES participant (id)
);
CREATE TABLE reminder (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	occurrence_id INTEGER NOT NULL,
	text VARCHAR NOT NULL,
	at VARCHAR(27) NOT NULL,
	created_by BIGINT,
	FOREIGN KEY(occurrence_id) REFERENCES occurrence (id)
);
CREATE TABLE digest (
	programme_id BIGINT NOT NULL,
	week INTEGER NOT NULL,
	state VARCHAR(20) NOT NULL,
	starts_at VARCHAR(27) NOT NULL,
	ends_at VARCHAR(27) NOT NULL,
	language VARCHAR(20) NOT NULL,
	zone VARCHAR NOT NULL,
	off VARCHAR NOT NULL,
	greeting VARCHAR NOT NULL,
	editions JSON NOT NULL,
	PRIMARY KEY (programme_id, week),
	FOREIGN KEY(programme_id) REFERENCES programme (id)
);
CREATE TABLE talk (
	programme_id BIGINT NOT NULL,
	channel_id BIGINT NOT NULL,
	day DATE NOT NULL,
	place_id BIGINT NOT NULL,
	number INTEGER NOT NULL,
	PRIMARY KEY (programme_id, channel_id, day),
	FOREIGN KEY(programme_id) REFERENCES programme (id)
);
CREATE TABLE heard (
	programme_id BIGINT NOT NULL,
	channel_id BIGINT NOT NULL,
	last_id BIGINT NOT NULL,
	PRIMARY KEY (programme_id, channel_id),
	FOREIGN KEY(programme_id) REFERENCES programme (id)
);
INSERT INTO "alembic_version" VALUES ('0007');
INSERT INTO "programme" VALUES (1456074443980800015, 'en', 'Europe/Stockholm', 'leda', '2026-11-23T09:00:00.000000Z', 1456074443980800020, 'code', 'municipality', 'municipalities', 'the municipality', 2, 16, '10080,1440,60', NULL, '', '');
INSERT INTO "journal" VALUES (1, 1456074443980800015, '2026-11-23T09:00:00.000000Z', 1456074443980800020, 'programme.set_up', 'programme', NULL, '{"preset": "leda"}');
INSERT INTO "journal" VALUES (2, 1456074443980800015, '2026-11-23T09:00:00.000000Z', 1456074443980800020, 'organisation.added', 'organisation', 1, '{"name": "G\u00f6teborgs stad"}');
INSERT INTO "journal" VALUES (3, 1456074443980800015, '2026-11-23T09:00:00.000000Z', 1456074443980800020, 'organisation.added', 'organisation', 2, '{"name": "Vara kommun"}');
INSERT INTO "journal" VALUES (4, 1456074443980800015, '2026-11-23T09:00:00.000000Z', 1456074443980800020, 'organisation.added', 'organisation', 3, '{"name": "V\u00e4ster\u00e5s stad"}');
INSERT INTO "journal" VALUES (5, 1456074443980800015, '2026-11-23T09:00:00.000000Z', 1456074443980800020, 'organisation.added', 'organisation', 4, '{"name": "Hjo kommun"}');
INSERT INTO "journal" VALUES (6, 1456074443980800015, '2026-11-23T09:00:00.000000Z', 1574348783616000000, 'participant.joined', 'participant', 1, '{"organisation": 1}');
INSERT INTO "journal" VALUES (7, 1456074443980800015, '2026-11-23T09:00:00.000000Z', 1574348783616000001, 'participant.joined', 'participant', 2, '{"organisation": 1}');
INSERT INTO "journal" VALUES (8, 1456074443980800015, '2026-11-23T09:00:00.000000Z', 1574348783616000002, 'participant.joined', 'participant', 3, '{"organisation": 3}');
INSERT INTO "journal" VALUES (9, 1456074443980800015, '2026-11-23T09:00:00.000000Z', 1574348783616000003, 'participant.joined', 'participant', 4, '{"organisation": 2}');
INSERT INTO "journal" VALUES (10, 1456074443980800015, '2026-11-23T09:00:00.000000Z', 1574348783616000004, 'participant.joined', 'participant', 5, '{"organisation": 2}');
INSERT INTO "journal" VALUES (11, 1456074443980800015, '2026-11-23T09:00:00.000000Z', 1574348783616000007, 'participant.joined', 'participant', 6, '{"organisation": 4}');
INSERT INTO "journal" VALUES (12, 1456074443980800015, '2026-11-23T09:00:00.000000Z', 1574348783616000007, 'participant.left', 'participant', 6, '{"organisation": 4}');
INSERT INTO "journal" VALUES (13, 1456074443980800015, '2026-11-23T09:00:00.000000Z', NULL, 'organisation.emptied', 'organisation', 4, '{}');
INSERT INTO "journal" VALUES (14, 1456074443980800015, '2026-11-23T09:00:00.000000Z', 1456074443980800020, 'organisation.contact', 'organisation', 2, '{"participant": [null, 4]}');
INSERT INTO "journal" VALUES (15, 1456074443980800015, '2026-11-23T09:00:00.000000Z', 1456074443980800020, 'key_area.created', 'key_area', 1, '{"name": "Ledarskap"}');
INSERT INTO "journal" VALUES (16, 1456074443980800015, '2026-11-23T09:00:00.000000Z', 1456074443980800020, 'key_area.created', 'key_area', 2, '{"name": "Arbetss\u00e4tt"}');
INSERT INTO "journal" VALUES (17, 1456074443980800015, '2026-11-23T09:00:00.000000Z', 1574348783616000000, 'factor.published', 'factor', 1, '{"track": 1}');
INSERT INTO "journal" VALUES (18, 1456074443980800015, '2026-11-23T09:00:00.000000Z', 1574348783616000000, 'factor.voted', 'factor', 1, '{"organisation": 1, "before": null, "after": "support"}');
INSERT INTO "journal" VALUES (19, 1456074443980800015, '2026-11-23T09:00:00.000000Z', 1574348783616000002, 'factor.voted', 'factor', 1, '{"organisation": 3, "before": null, "after": "support"}');
INSERT INTO "journal" VALUES (20, 1456074443980800015, '2026-11-23T09:00:00.000000Z', 1574348783616000001, 'factor.voted', 'factor', 1, '{"organisation": 1, "before": null, "after": "object"}');
INSERT INTO "journal" VALUES (21, 1456074443980800015, '2026-11-23T10:00:00.000000Z', 1574348783616000000, 'factor.edited', 'factor', 1, '{"version": 2, "small": false}');
INSERT INTO "journal" VALUES (22, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1574348783616000002, 'factor.voted', 'factor', 1, '{"organisation": 3, "before": "support", "after": "support"}');
INSERT INTO "journal" VALUES (23, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1574348783616000002, 'factor.published', 'factor', 2, '{"track": null}');
INSERT INTO "journal" VALUES (24, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1574348783616000003, 'factor.published', 'factor', 3, '{"track": 2}');
INSERT INTO "journal" VALUES (25, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1574348783616000004, 'factor.published', 'factor', 4, '{"track": 2}');
INSERT INTO "journal" VALUES (26, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1574348783616000001, 'factor.published', 'factor', 5, '{"track": 1}');
INSERT INTO "journal" VALUES (27, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1574348783616000001, 'factor.published', 'factor', 6, '{"track": 1}');
INSERT INTO "journal" VALUES (28, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1574348783616000002, 'factor.published', 'factor', 7, '{"track": null}');
INSERT INTO "journal" VALUES (29, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1574348783616000002, 'factor.voted', 'factor', 2, '{"organisation": 3, "before": null, "after": "support"}');
INSERT INTO "journal" VALUES (30, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1574348783616000003, 'factor.voted', 'factor', 3, '{"organisation": 2, "before": null, "after": "support"}');
INSERT INTO "journal" VALUES (31, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1574348783616000004, 'factor.voted', 'factor', 3, '{"organisation": 2, "before": null, "after": "unsure"}');
INSERT INTO "journal" VALUES (32, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1574348783616000003, 'factor.voted', 'factor', 4, '{"organisation": 2, "before": null, "after": "support"}');
INSERT INTO "journal" VALUES (33, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1574348783616000004, 'factor.voted', 'factor', 4, '{"organisation": 2, "before": null, "after": "support"}');
INSERT INTO "journal" VALUES (34, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1574348783616000002, 'factor.voted', 'factor', 4, '{"organisation": 3, "before": null, "after": "support"}');
INSERT INTO "journal" VALUES (35, 1456074443980800015, '2026-11-23T10:05:00.000000Z', NULL, 'factor.moved', 'factor', 4, '{"before": "too_early", "after": "shared_ground"}');
INSERT INTO "journal" VALUES (36, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1574348783616000001, 'factor.voted', 'factor', 5, '{"organisation": 1, "before": null, "after": "unsure"}');
INSERT INTO "journal" VALUES (37, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1574348783616000000, 'factor.voted', 'factor', 5, '{"organisation": 1, "before": null, "after": "support"}');
INSERT INTO "journal" VALUES (38, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1574348783616000003, 'factor.voted', 'factor', 7, '{"organisation": 2, "before": null, "after": "support"}');
INSERT INTO "journal" VALUES (39, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1574348783616000000, 'factor.voted', 'factor', 7, '{"organisation": 1, "before": null, "after": "unsure"}');
INSERT INTO "journal" VALUES (40, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1456074443980800020, 'factor.sorted', 'factor', 4, '{"key_area": 1}');
INSERT INTO "journal" VALUES (41, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1574348783616000003, 'experience.told', 'experience', 1, '{"factor": 4, "organisation": 2, "stance": "done"}');
INSERT INTO "journal" VALUES (42, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1456074443980800020, 'experience.told', 'experience', 2, '{"factor": 4, "organisation": 3, "stance": "tried"}');
INSERT INTO "journal" VALUES (43, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1456074443980800020, 'factor.decided', 'factor', 4, '{"before": "open", "after": "adopted", "into": null}');
INSERT INTO "journal" VALUES (44, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1456074443980800020, 'factor.decided', 'factor', 5, '{"before": "open", "after": "declined", "into": null}');
INSERT INTO "journal" VALUES (45, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1574348783616000001, 'factor.withdrawn', 'factor', 6, '{"before": "open", "after": "withdrawn", "into": null}');
INSERT INTO "journal" VALUES (46, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1456074443980800020, 'factor.merged', 'factor', 3, '{"before": "open", "after": "merged", "into": 2}');
INSERT INTO "journal" VALUES (47, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1456074443980800020, 'factor.published', 'factor', 8, '{"track": 1}');
INSERT INTO "journal" VALUES (48, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1456074443980800020, 'factor.published', 'factor', 9, '{"track": 1}');
INSERT INTO "journal" VALUES (49, 1456074443980800015, '2026-11-23T10:05:00.000000Z', 1456074443980800020, 'factor.imported', 'factor', NULL, '{"count": 1}');
INSERT INTO "journal" VALUES (50, 1456074443980800015, '2026-11-23T11:05:00.000000Z', 1456074443980800020, 'meeting.planned', 'meeting', 1, '{"track": null, "times": 1}');
INSERT INTO "journal" VALUES (51, 1456074443980800015, '2026-11-23T11:05:00.000000Z', 1456074443980800020, 'meeting.planned', 'meeting', 2, '{"track": 1, "times": 4}');
INSERT INTO "journal" VALUES (52, 1456074443980800015, '2026-11-23T11:05:00.000000Z', 1456074443980800020, 'meeting.planned', 'meeting', 3, '{"track": 2, "times": 1}');
INSERT INTO "journal" VALUES (53, 1456074443980800015, '2026-11-23T11:05:00.000000Z', 1574348783616000000, 'meeting.answered', 'meeting', 1, '{"organisation": 1, "time": 1, "before": null, "after": "going"}');
INSERT INTO "journal" VALUES (54, 1456074443980800015, '2026-11-23T11:05:00.000000Z', 1574348783616000001, 'meeting.answered', 'meeting', 1, '{"organisation": 1, "time": 1, "before": null, "after": "cant"}');
INSERT INTO "journal" VALUES (55, 1456074443980800015, '2026-11-23T11:05:00.000000Z', 1574348783616000002, 'meeting.answered', 'meeting', 1, '{"organisation": 3, "time": 1, "before": null, "after": "going"}');
INSERT INTO "journal" VALUES (56, 1456074443980800015, '2026-11-23T11:05:00.000000Z', 1574348783616000003, 'meeting.answered', 'meeting', 1, '{"organisation": 2, "time": 1, "before": null, "after": "maybe"}');
INSERT INTO "journal" VALUES (57, 1456074443980800015, '2026-11-23T11:05:00.000000Z', 1574348783616000000, 'meeting.answered', 'meeting', 2, '{"organisation": 1, "time": 2, "before": null, "after": "going"}');
INSERT INTO "journal" VALUES (58, 1456074443980800015, '2026-11-23T11:05:00.000000Z', 1574348783616000001, 'meeting.answered', 'meeting', 2, '{"organisation": 1, "time": 2, "before": null, "after": "going"}');
INSERT INTO "journal" VALUES (59, 1456074443980800015, '2026-11-23T11:05:00.000000Z', 1574348783616000000, 'meeting.answered', 'meeting', 2, '{"organisation": 1, "time": 3, "before": "going", "after": "cant"}');
INSERT INTO "journal" VALUES (60, 1456074443980800015, '2026-11-23T11:05:00.000000Z', 1456074443980800020, 'meeting.cancelled', 'meeting', 3, '{"time": null, "times": 1}');
INSERT INTO "journal" VALUES (61, 1456074443980800015, '2026-11-23T11:05:00.000000Z', 1456074443980800020, 'meeting.reminder', 'meeting', 1, '{}');
INSERT INTO "journal" VALUES (62, 1456074443980800015, '2026-11-23T11:05:00.000000Z', 1574348783616000001, 'member.chose', 'member', 1574348783616000001, '{"reach": "mention"}');
INSERT INTO "journal" VALUES (63, 1456074443980800015, '2026-11-23T11:05:00.000000Z', 1574348783616000004, 'member.chose', 'member', 1574348783616000004, '{"reach": "nothing"}');
INSERT INTO "journal" VALUES (64, 1456074443980800015, '2026-11-23T11:05:00.000000Z', 1574348783616000002, 'member.chose', 'member', 1574348783616000002, '{"weekly_list": false}');
INSERT INTO "journal" VALUES (65, 1456074443980800015, '2026-11-24T13:00:00.000000Z', 1456074443980800020, 'meeting.minutes', 'meeting', 2, '{"time": 2, "links": 1}');
INSERT INTO "journal" VALUES (66, 1456074443980800015, '2026-11-24T13:00:00.000000Z', 1574348783616000001, 'meeting.attended', 'meeting', 2, '{"organisation": 1, "time": 2, "after": true}');
INSERT INTO "journal" VALUES (67, 1456074443980800015, '2026-11-26T08:00:00.000000Z', NULL, 'digest.cut', 'digest', NULL, '{"week": 202648, "state": "sent"}');
INSERT INTO "journal" VALUES (68, 1456074443980800015, '2026-11-26T09:05:00.000000Z', 1456074443980800020, 'programme.changed', 'programme', NULL, '{"digest_weekday": ["3", "2"], "digest_hour": ["9", "16"]}');
INSERT INTO "journal" VALUES (69, 1456074443980800015, '2026-11-26T09:05:00.000000Z', 1574348783616000005, 'participant.asked', 'participant', NULL, '{"organisation": 2}');
INSERT INTO "journal" VALUES (70, 1456074443980800015, '2026-11-26T09:05:00.000000Z', 1574348783616000006, 'participant.asked', 'participant', NULL, '{"organisation": 2}');
INSERT INTO "journal" VALUES (71, 1456074443980800015, '2026-11-26T09:05:00.000000Z', 1574348783616000003, 'participant.approved', 'participant', 1574348783616000006, '{"organisation": 2}');
INSERT INTO "journal" VALUES (72, 1456074443980800015, '2026-11-26T09:05:00.000000Z', 1574348783616000006, 'participant.joined', 'participant', 7, '{"organisation": 2}');
INSERT INTO "journal" VALUES (73, 1456074443980800015, '2026-11-26T09:05:00.000000Z', 1456074443980800020, 'track.created', 'track', 3, '{"name": "Culture"}');
INSERT INTO "journal" VALUES (74, 1456074443980800015, '2026-11-26T09:05:00.000000Z', 1456074443980800020, 'track.archived', 'track', 3, '{"name": "Culture"}');
INSERT INTO "organisation" VALUES (1, 1456074443980800015, 'Göteborgs stad', 'goteborgs stad', 600000, '2026-11-23T09:00:00.000000Z', 'ZRX55KWF', NULL, NULL);
INSERT INTO "organisation" VALUES (2, 1456074443980800015, 'Vara kommun', 'vara kommun', 16000, '2026-11-23T09:00:00.000000Z', 'YDASW9D4', 1574348783616000003, NULL);
INSERT INTO "organisation" VALUES (3, 1456074443980800015, 'Västerås stad', 'vasteras stad', 160000, '2026-11-23T09:00:00.000000Z', 'PG24ZMTU', NULL, NULL);
INSERT INTO "organisation" VALUES (4, 1456074443980800015, 'Hjo kommun', 'hjo kommun', NULL, '2026-11-23T09:00:00.000000Z', '6Y4UUA5A', NULL, NULL);
INSERT INTO "place" VALUES (1456074443980800015, 'role:coordinators', 'role', 1574348783616000010);
INSERT INTO "place" VALUES (1456074443980800015, 'category:programme', 'category', 1574348783616000012);
INSERT INTO "place" VALUES (1456074443980800015, 'forum', 'text', 1574348783616000014);
INSERT INTO "place" VALUES (1456074443980800015, 'coordinators', 'text', 1574348783616000016);
INSERT INTO "place" VALUES (1456074443980800015, 'role:1', 'role', 1574348783616000018);
INSERT INTO "place" VALUES (1456074443980800015, 'category:1', 'category', 1574348783616000020);
INSERT INTO "place" VALUES (1456074443980800015, 'announcements:1', 'text', 1574348783616000022);
INSERT INTO "place" VALUES (1456074443980800015, 'discussion:1', 'text', 1574348783616000024);
INSERT INTO "place" VALUES (1456074443980800015, 'factors:1', 'text', 1574348783616000026);
INSERT INTO "place" VALUES (1456074443980800015, 'role:2', 'role', 1574348783616000028);
INSERT INTO "place" VALUES (1456074443980800015, 'category:2', 'category', 1574348783616000030);
INSERT INTO "place" VALUES (1456074443980800015, 'announcements:2', 'text', 1574348783616000032);
INSERT INTO "place" VALUES (1456074443980800015, 'discussion:2', 'text', 1574348783616000034);
INSERT INTO "place" VALUES (1456074443980800015, 'factors:2', 'text', 1574348783616000036);
INSERT INTO "place" VALUES (1456074443980800015, 'home', 'message', 1574348783616000038);
INSERT INTO "place" VALUES (1456074443980800015, 'role:3', 'role', 1575437205504000021);
INSERT INTO "place" VALUES (1456074443980800015, 'category:3', 'category', 1575437205504000023);
INSERT INTO "place" VALUES (1456074443980800015, 'announcements:3', 'text', 1575437205504000025);
INSERT INTO "place" VALUES (1456074443980800015, 'discussion:3', 'text', 1575437205504000027);
INSERT INTO "place" VALUES (1456074443980800015, 'factors:3', 'text', 1575437205504000029);
INSERT INTO "track" VALUES (1, 1456074443980800015, 'School and learning in a digital world', 'school', '🏫', 'For everyone who works with school and learning', '2026-11-23T09:00:00.000000Z', 0, NULL, 0, 0);
INSERT INTO "track" VALUES (2, 1456074443980800015, 'Health and care in a digital world', 'health', '🩺', 'For everyone who works with health and care', '2026-11-23T09:00:00.000000Z', 0, NULL, 0, 0);
INSERT INTO "track" VALUES (3, 1456074443980800015, 'Culture', 'culture', '🧭', '', '2026-11-26T09:05:00.000000Z', 0, '2026-11-26T09:05:00.000000Z', 0, 0);
INSERT INTO "organisation_track" VALUES (1, 1);
INSERT INTO "organisation_track" VALUES (2, 2);
INSERT INTO "organisation_track" VALUES (3, 1);
INSERT INTO "organisation_track" VALUES (3, 2);
INSERT INTO "organisation_track" VALUES (4, 1);
INSERT INTO "participant" VALUES (1, 1456074443980800015, 1574348783616000000, 1, '2026-11-23T09:00:00.000000Z', NULL);
INSERT INTO "participant" VALUES (2, 1456074443980800015, 1574348783616000001, 1, '2026-11-23T09:00:00.000000Z', NULL);
INSERT INTO "participant" VALUES (3, 1456074443980800015, 1574348783616000002, 3, '2026-11-23T09:00:00.000000Z', NULL);
INSERT INTO "participant" VALUES (4, 1456074443980800015, 1574348783616000003, 2, '2026-11-23T09:00:00.000000Z', NULL);
INSERT INTO "participant" VALUES (5, 1456074443980800015, 1574348783616000004, 2, '2026-11-23T09:00:00.000000Z', NULL);
INSERT INTO "participant" VALUES (6, 1456074443980800015, 1574348783616000007, 4, '2026-11-23T09:00:00.000000Z', '2026-11-23T09:00:00.000000Z');
INSERT INTO "participant" VALUES (7, 1456074443980800015, 1574348783616000006, 2, '2026-11-26T09:05:00.000000Z', NULL);
INSERT INTO "member" VALUES (1456074443980800015, 1574348783616000000, 'direct', 1, 1, 0, NULL);
INSERT INTO "member" VALUES (1456074443980800015, 1574348783616000001, 'mention', 1, 1, 0, NULL);
INSERT INTO "member" VALUES (1456074443980800015, 1574348783616000002, 'direct', 1, 0, 0, NULL);
INSERT INTO "member" VALUES (1456074443980800015, 1574348783616000003, 'direct', 1, 1, 0, NULL);
INSERT INTO "member" VALUES (1456074443980800015, 1574348783616000004, 'nothing', 1, 1, 0, NULL);
INSERT INTO "member" VALUES (1456074443980800015, 1574348783616000007, 'direct', 1, 1, 0, NULL);
INSERT INTO "member" VALUES (1456074443980800015, 1574348783616000006, 'direct', 1, 1, 0, NULL);
INSERT INTO "join_request" VALUES (1, 1456074443980800015, 1574348783616000005, 2, 'open', '2026-11-26T09:05:00.000000Z', NULL, 1574365141401600070, 1575437205504000009);
INSERT INTO "join_request" VALUES (2, 1456074443980800015, 1574348783616000006, 2, 'approved', '2026-11-26T09:05:00.000000Z', 1574348783616000003, 1574365141401600070, 1575437205504000014);
INSERT INTO "upload" VALUES (3, 1456074443980800015, 1456074443980800020, 'merge', '{"factor": 7, "into": 1, "reason": "Perhaps the same."}', '2026-11-26T09:05:00.000000Z', NULL);
INSERT INTO "upload" VALUES (4, 1456074443980800015, 1456074443980800020, 'factors', '{"rows": [{"line": 2, "surplus": false, "title": "Inte \u00e4n", "kind": "hinder", "how": "Vi v\u00e4ntar med det.", "track": "", "organisation": "Vara kommun", "context": "", "evidence": "", "key_area": ""}]}', '2026-11-26T09:05:00.000000Z', NULL);
INSERT INTO "key_area" VALUES (1, 1456074443980800015, 'Ledarskap', 'ledarskap');
INSERT INTO "key_area" VALUES (2, 1456074443980800015, 'Arbetssätt', 'arbetssatt');
INSERT INTO "factor_version" VALUES (1, 1, 'Try it small first', 'We let two units try it for four weeks and met every Friday.', '', '', 0, '2026-11-23T10:00:00.000000Z');
INSERT INTO "experience" VALUES (1, 4, 2, 4, 'done', 'It took us a year to sort out.', 1, '2026-11-23T10:05:00.000000Z', '2026-11-23T10:05:00.000000Z');
INSERT INTO "experience" VALUES (2, 4, 3, NULL, 'tried', 'They met the same.', 1, NULL, '2026-11-23T10:05:00.000000Z');
INSERT INTO "draft" VALUES (9, 1456074443980800015, 1574348783616000001, 1, 'A draft of Bo', 'promoting', 'Not done yet.', '2026-11-26T09:05:00.000000Z', NULL, '', '', NULL, 0, NULL, NULL, 1, NULL, 0);
INSERT INTO "factor" VALUES (1, 1456074443980800015, 1, 'Try it small first', 'try it small first', 'promoting', 'We let three units try it for six weeks and met every Monday.', 1, 1, 'open', 7, '2026-11-23T09:00:00.000000Z', 1574348783616000026, 1574348783616000086, 1574348783616000086, 'A town of many schools.', '', NULL, 0, NULL, NULL, 0, '', 2, 2, 'too_early', 0.4305555555555556, 0.5, 0, 0, NULL, 1, NULL, NULL, NULL, NULL, NULL, '2026-11-23T10:00:00.000000Z', NULL);
INSERT INTO "factor" VALUES (2, 1456074443980800015, NULL, 'Begin where the will is', 'begin where the will is', 'promoting', 'We began in the units that asked for it.', 3, 3, 'open', 4, '2026-11-23T10:05:00.000000Z', 1574348783616000014, 1574365141401600005, 1574365141401600005, '', '', NULL, 0, NULL, NULL, 0, '', 1, 1, 'too_early', 0.4592793267718459, 0.0, 0, 0, NULL, 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "factor" VALUES (3, 1456074443980800015, 2, 'Start with the willing', 'start with the willing', 'promoting', 'Only those who wanted took part at first.', 4, 2, 'merged', 4, '2026-11-23T10:05:00.000000Z', 1574348783616000036, 1574365141401600011, 1574365141401600011, '', '', NULL, 0, NULL, NULL, 0, 'The same thing.', 1, 1, 'too_early', 0.375, 0.0, 0, 0, 2, 2, '2026-11-23T10:05:00.000000Z', '2026-11-23T10:05:00.000000Z', NULL, NULL, NULL, NULL, NULL);
INSERT INTO "factor" VALUES (4, 1456074443980800015, 2, 'Unclear assignment', 'unclear assignment', 'inhibiting', 'Nobody knew who decided what, and so nobody did.', 5, 2, 'adopted', 8, '2026-11-23T10:05:00.000000Z', 1574348783616000036, 1574365141401600017, 1574365141401600017, '', '', 1, 0, NULL, NULL, 0, 'Everybody knows it.', 1, 1, 'shared_ground', 0.6875, 0.0, 0, 0, NULL, 4, '2026-11-23T10:05:00.000000Z', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "factor" VALUES (5, 1456074443980800015, 1, 'One system for all', 'one system for all', 'inhibiting', 'One system was to do for everybody; it did for nobody.', 2, 1, 'declined', 4, '2026-11-23T10:05:00.000000Z', 1574348783616000026, 1574365141401600023, 1574365141401600023, '', '', NULL, 0, NULL, NULL, 0, 'Not now.', 1, 1, 'too_early', 0.3333333333333333, 0.0, 0, 0, NULL, 5, '2026-11-23T10:05:00.000000Z', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "factor" VALUES (6, 1456074443980800015, 1, 'A thing of the past', 'a thing of the past', 'promoting', 'We used to do it like this, before all else.', 2, 1, 'withdrawn', 2, '2026-11-23T10:05:00.000000Z', 1574348783616000026, 1574365141401600029, 1574365141401600029, '', '', NULL, 0, NULL, NULL, 0, 'No longer true.', 1, 1, 'too_early', 0.25, 0.0, 0, 0, NULL, 6, '2026-11-23T10:05:00.000000Z', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "factor" VALUES (7, 1456074443980800015, NULL, 'Åk ut och lyssna', 'ak ut och lyssna', 'promoting', 'Vi åkte ut till alla enheter & lyssnade först.', 3, 3, 'open', 4, '2026-11-23T10:05:00.000000Z', 1574348783616000014, 1574365141401600035, 1574365141401600035, '', '', NULL, 0, NULL, NULL, 0, '', 1, 1, 'too_early', 0.33071891388307384, 0.0, 0, 0, NULL, 7, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "factor" VALUES (8, 1456074443980800015, 1, 'Said by Hjo', 'said by hjo', 'promoting', 'They wrote it on a note at the meeting.', NULL, 4, 'open', 2, '2026-11-23T10:05:00.000000Z', 1574348783616000026, 1574365141401600079, 1574365141401600079, '', '', NULL, 0, NULL, NULL, 1, '', 1, 1, 'too_early', 0.25, 0.0, 0, 0, NULL, 8, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "factor" VALUES (9, 1456074443980800015, 1, 'Från en fil', 'fran en fil', 'promoting', 'Vi skrev upp det.', NULL, 1, 'open', 2, '2026-11-23T10:05:00.000000Z', 1574348783616000026, 1574365141401600085, 1574365141401600085, '', '', NULL, 0, NULL, NULL, 1, '', 1, 1, 'too_early', 0.25, 0.0, 0, 0, NULL, 9, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "vote" VALUES (1, 1, 'support', NULL, '2026-11-23T09:00:00.000000Z');
INSERT INTO "vote" VALUES (1, 2, 'object', 'Our managers had *no* time for it.', '2026-11-23T09:00:00.000000Z');
INSERT INTO "vote" VALUES (1, 3, 'support', NULL, '2026-11-23T10:05:00.000000Z');
INSERT INTO "vote" VALUES (2, 3, 'support', NULL, '2026-11-23T10:05:00.000000Z');
INSERT INTO "vote" VALUES (3, 4, 'support', NULL, '2026-11-23T10:05:00.000000Z');
INSERT INTO "vote" VALUES (3, 5, 'unsure', NULL, '2026-11-23T10:05:00.000000Z');
INSERT INTO "vote" VALUES (4, 4, 'support', NULL, '2026-11-23T10:05:00.000000Z');
INSERT INTO "vote" VALUES (4, 5, 'support', NULL, '2026-11-23T10:05:00.000000Z');
INSERT INTO "vote" VALUES (4, 3, 'support', NULL, '2026-11-23T10:05:00.000000Z');
INSERT INTO "vote" VALUES (5, 2, 'unsure', NULL, '2026-11-23T10:05:00.000000Z');
INSERT INTO "vote" VALUES (5, 1, 'support', NULL, '2026-11-23T10:05:00.000000Z');
INSERT INTO "vote" VALUES (7, 4, 'support', NULL, '2026-11-23T10:05:00.000000Z');
INSERT INTO "vote" VALUES (7, 1, 'unsure', NULL, '2026-11-23T10:05:00.000000Z');
INSERT INTO "factor_terms" VALUES (1, 1456074443980800015, '_1456074443980800015 try tri it small first', '_1456074443980800015 try tri it small first we let three units unit for six weeks week and met every everi monday a town of many mani schools school');
INSERT INTO "factor_terms" VALUES (2, 1456074443980800015, '_1456074443980800015 begin where wher the will is', '_1456074443980800015 begin where wher the will is we began in units unit that asked ask for it');
INSERT INTO "factor_terms" VALUES (3, 1456074443980800015, '_1456074443980800015 start with the willing will', '_1456074443980800015 start with the willing will only onli those thos who wanted want took part at first');
INSERT INTO "factor_terms" VALUES (4, 1456074443980800015, '_1456074443980800015 unclear uncle assignment assign', '_1456074443980800015 unclear uncle assignment assign nobody nobodi knew who decided decid what and so did');
INSERT INTO "factor_terms" VALUES (5, 1456074443980800015, '_1456074443980800015 one system for all', '_1456074443980800015 one system for all was to do everybody everybodi it did nobody nobodi');
INSERT INTO "factor_terms" VALUES (6, 1456074443980800015, '_1456074443980800015 a thing of the past', '_1456074443980800015 a thing of the past we used use to do it like lik this before befor all else els');
INSERT INTO "factor_terms" VALUES (7, 1456074443980800015, '_1456074443980800015 ak ut och lyssna lyssn', '_1456074443980800015 ak ut och lyssna lyssn vi akte akt till alla all enheter enhet lyssnade lyssnad forst');
INSERT INTO "factor_terms" VALUES (8, 1456074443980800015, '_1456074443980800015 said by hjo', '_1456074443980800015 said by hjo they wrote wrot it on a note not at the meeting meet');
INSERT INTO "factor_terms" VALUES (9, 1456074443980800015, '_1456074443980800015 fran en fil', '_1456074443980800015 fran en fil vi skrev upp det');
INSERT INTO "term" VALUES (1456074443980800015, '_1456074443980800015', '5100080893444706541_', 9);
INSERT INTO "term" VALUES (1456074443980800015, 'a', 'a', 3);
INSERT INTO "term" VALUES (1456074443980800015, 'ak', 'ka', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'akt', 'tka', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'akte', 'etka', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'all', 'lla', 3);
INSERT INTO "term" VALUES (1456074443980800015, 'alla', 'alla', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'and', 'dna', 2);
INSERT INTO "term" VALUES (1456074443980800015, 'ask', 'ksa', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'asked', 'deksa', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'assign', 'ngissa', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'assignment', 'tnemngissa', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'at', 'ta', 2);
INSERT INTO "term" VALUES (1456074443980800015, 'befor', 'rofeb', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'before', 'erofeb', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'began', 'nageb', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'begin', 'nigeb', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'by', 'yb', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'decid', 'diced', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'decided', 'dediced', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'det', 'ted', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'did', 'did', 2);
INSERT INTO "term" VALUES (1456074443980800015, 'do', 'od', 2);
INSERT INTO "term" VALUES (1456074443980800015, 'els', 'sle', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'else', 'esle', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'en', 'ne', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'enhet', 'tehne', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'enheter', 'retehne', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'everi', 'ireve', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'every', 'yreve', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'everybodi', 'idobyreve', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'everybody', 'ydobyreve', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'fil', 'lif', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'first', 'tsrif', 2);
INSERT INTO "term" VALUES (1456074443980800015, 'for', 'rof', 3);
INSERT INTO "term" VALUES (1456074443980800015, 'forst', 'tsrof', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'fran', 'narf', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'hjo', 'ojh', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'in', 'ni', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'is', 'si', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'it', 'ti', 5);
INSERT INTO "term" VALUES (1456074443980800015, 'knew', 'wenk', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'let', 'tel', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'lik', 'kil', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'like', 'ekil', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'lyssn', 'nssyl', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'lyssna', 'anssyl', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'lyssnad', 'danssyl', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'lyssnade', 'edanssyl', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'mani', 'inam', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'many', 'ynam', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'meet', 'teem', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'meeting', 'gniteem', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'met', 'tem', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'monday', 'yadnom', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'nobodi', 'idobon', 2);
INSERT INTO "term" VALUES (1456074443980800015, 'nobody', 'ydobon', 2);
INSERT INTO "term" VALUES (1456074443980800015, 'not', 'ton', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'note', 'eton', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'och', 'hco', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'of', 'fo', 2);
INSERT INTO "term" VALUES (1456074443980800015, 'on', 'no', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'one', 'eno', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'onli', 'ilno', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'only', 'ylno', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'part', 'trap', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'past', 'tsap', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'said', 'dias', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'school', 'loohcs', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'schools', 'sloohcs', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'six', 'xis', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'skrev', 'verks', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'small', 'llams', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'so', 'os', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'start', 'trats', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'system', 'metsys', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'that', 'taht', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'the', 'eht', 4);
INSERT INTO "term" VALUES (1456074443980800015, 'they', 'yeht', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'thing', 'gniht', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'this', 'siht', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'thos', 'soht', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'those', 'esoht', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'three', 'eerht', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'till', 'llit', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'to', 'ot', 2);
INSERT INTO "term" VALUES (1456074443980800015, 'took', 'koot', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'town', 'nwot', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'tri', 'irt', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'try', 'yrt', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'uncle', 'elcnu', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'unclear', 'raelcnu', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'unit', 'tinu', 2);
INSERT INTO "term" VALUES (1456074443980800015, 'units', 'stinu', 2);
INSERT INTO "term" VALUES (1456074443980800015, 'upp', 'ppu', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'use', 'esu', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'used', 'desu', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'ut', 'tu', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'vi', 'iv', 2);
INSERT INTO "term" VALUES (1456074443980800015, 'want', 'tnaw', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'wanted', 'detnaw', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'was', 'saw', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'we', 'ew', 3);
INSERT INTO "term" VALUES (1456074443980800015, 'week', 'keew', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'weeks', 'skeew', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'what', 'tahw', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'wher', 'rehw', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'where', 'erehw', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'who', 'ohw', 2);
INSERT INTO "term" VALUES (1456074443980800015, 'will', 'lliw', 2);
INSERT INTO "term" VALUES (1456074443980800015, 'willing', 'gnilliw', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'with', 'htiw', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'wrot', 'torw', 1);
INSERT INTO "term" VALUES (1456074443980800015, 'wrote', 'etorw', 1);
INSERT INTO "delivery" VALUES (1, 1456074443980800015, 'digest:1456074443980800015:2026-W48', 'digest.week', 202648, '{}', 'work', NULL, NULL, 'digest:1456074443980800015:2026-W48', '2026-11-26T08:00:00.000000Z', '2036-11-13T08:00:00.000000Z', '2026-11-26T08:00:00.000000Z', 'sent', 1, '', 0, 1, '2026-11-26T08:00:00.000000Z', '2026-11-26T08:00:00.000000Z', NULL, NULL);
INSERT INTO "delivery" VALUES (2, 1456074443980800015, 'meeting:1:2026-11-25T12:00Z:1440:post', 'meeting.reminder', 1, '{"ahead": 1440, "starts": "2026-11-25T12:00Z"}', 'post', 'forum', NULL, 'meeting:1:2026-11-25T12:00Z:1440:post', '2026-11-24T12:00:00.000000Z', '2026-11-25T11:00:00.000000Z', '2026-11-24T12:00:00.000000Z', 'sent', 1, '', 0, 2, '2026-11-24T12:00:00.000000Z', '2026-11-24T12:00:00.000000Z', 1574348783616000014, 1574756469964800001);
INSERT INTO "delivery" VALUES (3, 1456074443980800015, 'meeting:1:2026-11-25T12:00Z:1440:work', 'meeting.people', 1, '{"ahead": 1440, "starts": "2026-11-25T12:00Z"}', 'work', 'forum', NULL, 'meeting:1:2026-11-25T12:00Z:1440:work', '2026-11-24T12:00:00.000000Z', '2026-11-25T12:00:00.000000Z', '2026-11-24T12:00:00.000000Z', 'sent', 1, '', 0, 3, '2026-11-24T12:00:00.000000Z', '2026-11-24T12:00:00.000000Z', NULL, NULL);
INSERT INTO "delivery" VALUES (4, 1456074443980800015, 'meeting:1:2026-11-25T12:00Z:60:post', 'meeting.reminder', 1, '{"ahead": 60, "starts": "2026-11-25T12:00Z"}', 'post', 'forum', NULL, 'meeting:1:2026-11-25T12:00Z:60:post', '2026-11-25T11:00:00.000000Z', '2026-11-25T12:00:00.000000Z', '2026-11-25T11:00:00.000000Z', 'dropped', 0, 'expired', 0, NULL, NULL, '2026-11-25T12:00:00.000000Z', NULL, NULL);
INSERT INTO "delivery" VALUES (5, 1456074443980800015, 'meeting:2:2026-11-24T08:00Z:60:post', 'meeting.reminder', 2, '{"ahead": 60, "starts": "2026-11-24T08:00Z"}', 'post', 'announcements:1', NULL, 'meeting:2:2026-11-24T08:00Z:60:post', '2026-11-24T07:00:00.000000Z', '2026-11-24T08:00:00.000000Z', '2026-11-24T07:00:00.000000Z', 'dropped', 0, 'expired', 0, NULL, NULL, '2026-11-24T08:00:00.000000Z', NULL, NULL);
INSERT INTO "delivery" VALUES (6, 1456074443980800015, 'meeting:3:2026-12-01T08:00Z:10080:post', 'meeting.reminder', 3, '{"ahead": 10080, "starts": "2026-12-01T08:00Z"}', 'post', 'announcements:1', NULL, 'meeting:3:2026-12-01T08:00Z:10080:post', '2026-11-24T08:00:00.000000Z', '2026-11-30T08:00:00.000000Z', '2026-11-24T08:00:00.000000Z', 'sent', 1, '', 0, 6, '2026-11-24T08:00:00.000000Z', '2026-11-24T08:00:00.000000Z', 1574348783616000022, 1574696071987200000);
INSERT INTO "delivery" VALUES (7, 1456074443980800015, 'meeting:3:2026-12-01T08:00Z:1440:post', 'meeting.reminder', 3, '{"ahead": 1440, "starts": "2026-12-01T08:00Z"}', 'post', 'announcements:1', NULL, 'meeting:3:2026-12-01T08:00Z:1440:post', '2026-11-30T08:00:00.000000Z', '2026-12-01T07:00:00.000000Z', '2026-11-30T08:00:00.000000Z', 'planned', 0, '', 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "delivery" VALUES (8, 1456074443980800015, 'meeting:3:2026-12-01T08:00Z:1440:work', 'meeting.people', 3, '{"ahead": 1440, "starts": "2026-12-01T08:00Z"}', 'work', 'announcements:1', NULL, 'meeting:3:2026-12-01T08:00Z:1440:work', '2026-11-30T08:00:00.000000Z', '2026-12-01T08:00:00.000000Z', '2026-11-30T08:00:00.000000Z', 'planned', 0, '', 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "delivery" VALUES (9, 1456074443980800015, 'meeting:3:2026-12-01T08:00Z:60:post', 'meeting.reminder', 3, '{"ahead": 60, "starts": "2026-12-01T08:00Z"}', 'post', 'announcements:1', NULL, 'meeting:3:2026-12-01T08:00Z:60:post', '2026-12-01T07:00:00.000000Z', '2026-12-01T08:00:00.000000Z', '2026-12-01T07:00:00.000000Z', 'planned', 0, '', 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "delivery" VALUES (10, 1456074443980800015, 'meeting:4:2026-12-08T08:00Z:10080:post', 'meeting.reminder', 4, '{"ahead": 10080, "starts": "2026-12-08T08:00Z"}', 'post', 'announcements:1', NULL, 'meeting:4:2026-12-08T08:00Z:10080:post', '2026-12-01T08:00:00.000000Z', '2026-12-07T08:00:00.000000Z', '2026-12-01T08:00:00.000000Z', 'planned', 0, '', 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "delivery" VALUES (11, 1456074443980800015, 'meeting:4:2026-12-08T08:00Z:1440:post', 'meeting.reminder', 4, '{"ahead": 1440, "starts": "2026-12-08T08:00Z"}', 'post', 'announcements:1', NULL, 'meeting:4:2026-12-08T08:00Z:1440:post', '2026-12-07T08:00:00.000000Z', '2026-12-08T07:00:00.000000Z', '2026-12-07T08:00:00.000000Z', 'planned', 0, '', 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "delivery" VALUES (12, 1456074443980800015, 'meeting:4:2026-12-08T08:00Z:1440:work', 'meeting.people', 4, '{"ahead": 1440, "starts": "2026-12-08T08:00Z"}', 'work', 'announcements:1', NULL, 'meeting:4:2026-12-08T08:00Z:1440:work', '2026-12-07T08:00:00.000000Z', '2026-12-08T08:00:00.000000Z', '2026-12-07T08:00:00.000000Z', 'planned', 0, '', 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "delivery" VALUES (13, 1456074443980800015, 'meeting:4:2026-12-08T08:00Z:60:post', 'meeting.reminder', 4, '{"ahead": 60, "starts": "2026-12-08T08:00Z"}', 'post', 'announcements:1', NULL, 'meeting:4:2026-12-08T08:00Z:60:post', '2026-12-08T07:00:00.000000Z', '2026-12-08T08:00:00.000000Z', '2026-12-08T07:00:00.000000Z', 'planned', 0, '', 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "delivery" VALUES (14, 1456074443980800015, 'meeting:5:2026-12-15T08:00Z:10080:post', 'meeting.reminder', 5, '{"ahead": 10080, "starts": "2026-12-15T08:00Z"}', 'post', 'announcements:1', NULL, 'meeting:5:2026-12-15T08:00Z:10080:post', '2026-12-08T08:00:00.000000Z', '2026-12-14T08:00:00.000000Z', '2026-12-08T08:00:00.000000Z', 'planned', 0, '', 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "delivery" VALUES (15, 1456074443980800015, 'meeting:5:2026-12-15T08:00Z:1440:post', 'meeting.reminder', 5, '{"ahead": 1440, "starts": "2026-12-15T08:00Z"}', 'post', 'announcements:1', NULL, 'meeting:5:2026-12-15T08:00Z:1440:post', '2026-12-14T08:00:00.000000Z', '2026-12-15T07:00:00.000000Z', '2026-12-14T08:00:00.000000Z', 'planned', 0, '', 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "delivery" VALUES (16, 1456074443980800015, 'meeting:5:2026-12-15T08:00Z:1440:work', 'meeting.people', 5, '{"ahead": 1440, "starts": "2026-12-15T08:00Z"}', 'work', 'announcements:1', NULL, 'meeting:5:2026-12-15T08:00Z:1440:work', '2026-12-14T08:00:00.000000Z', '2026-12-15T08:00:00.000000Z', '2026-12-14T08:00:00.000000Z', 'planned', 0, '', 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "delivery" VALUES (17, 1456074443980800015, 'meeting:5:2026-12-15T08:00Z:60:post', 'meeting.reminder', 5, '{"ahead": 60, "starts": "2026-12-15T08:00Z"}', 'post', 'announcements:1', NULL, 'meeting:5:2026-12-15T08:00Z:60:post', '2026-12-15T07:00:00.000000Z', '2026-12-15T08:00:00.000000Z', '2026-12-15T07:00:00.000000Z', 'planned', 0, '', 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "delivery" VALUES (18, 1456074443980800015, 'meeting:6:2026-12-03T08:00Z:10080:post', 'meeting.reminder', 6, '{"ahead": 10080, "starts": "2026-12-03T08:00Z"}', 'post', 'announcements:2', NULL, 'meeting:6:2026-12-03T08:00Z:10080:post', '2026-11-26T08:00:00.000000Z', '2026-12-02T08:00:00.000000Z', '2026-11-26T08:00:00.000000Z', 'dropped', 0, 'cancelled', 0, NULL, NULL, '2026-11-23T11:05:00.000000Z', NULL, NULL);
INSERT INTO "delivery" VALUES (19, 1456074443980800015, 'meeting:6:2026-12-03T08:00Z:1440:post', 'meeting.reminder', 6, '{"ahead": 1440, "starts": "2026-12-03T08:00Z"}', 'post', 'announcements:2', NULL, 'meeting:6:2026-12-03T08:00Z:1440:post', '2026-12-02T08:00:00.000000Z', '2026-12-03T07:00:00.000000Z', '2026-12-02T08:00:00.000000Z', 'dropped', 0, 'cancelled', 0, NULL, NULL, '2026-11-23T11:05:00.000000Z', NULL, NULL);
INSERT INTO "delivery" VALUES (20, 1456074443980800015, 'meeting:6:2026-12-03T08:00Z:1440:work', 'meeting.people', 6, '{"ahead": 1440, "starts": "2026-12-03T08:00Z"}', 'work', 'announcements:2', NULL, 'meeting:6:2026-12-03T08:00Z:1440:work', '2026-12-02T08:00:00.000000Z', '2026-12-03T08:00:00.000000Z', '2026-12-02T08:00:00.000000Z', 'dropped', 0, 'cancelled', 0, NULL, NULL, '2026-11-23T11:05:00.000000Z', NULL, NULL);
INSERT INTO "delivery" VALUES (21, 1456074443980800015, 'meeting:6:2026-12-03T08:00Z:60:post', 'meeting.reminder', 6, '{"ahead": 60, "starts": "2026-12-03T08:00Z"}', 'post', 'announcements:2', NULL, 'meeting:6:2026-12-03T08:00Z:60:post', '2026-12-03T07:00:00.000000Z', '2026-12-03T08:00:00.000000Z', '2026-12-03T07:00:00.000000Z', 'dropped', 0, 'cancelled', 0, NULL, NULL, '2026-11-23T11:05:00.000000Z', NULL, NULL);
INSERT INTO "delivery" VALUES (22, 1456074443980800015, 'reminder:1', 'meeting.own', 1, '{}', 'post', 'forum', NULL, 'reminder:1', '2026-11-24T11:00:00.000000Z', '2026-11-25T13:00:00.000000Z', '2026-11-24T11:00:00.000000Z', 'sent', 1, 'late', 0, 22, '2026-11-24T12:00:00.000000Z', '2026-11-24T12:00:00.000000Z', 1574348783616000014, 1574756469964800000);
INSERT INTO "delivery" VALUES (23, 1456074443980800015, 'meeting:1:2026-11-25T12:00Z:1440:1574348783616000000', 'meeting.personal', 1, '{"ahead": 1440, "starts": "2026-11-25T12:00Z"}', 'direct', 'forum', 1574348783616000000, '1456074443980800015:direct:1574348783616000000', '2026-11-24T12:00:00.000000Z', '2026-11-25T12:00:00.000000Z', '2026-11-24T12:00:00.000000Z', 'sent', 1, '', 0, 23, '2026-11-24T12:00:00.000000Z', '2026-11-24T12:00:00.000000Z', 1574756469964800002, 1574756469964800003);
INSERT INTO "delivery" VALUES (24, 1456074443980800015, 'meeting:1:2026-11-25T12:00Z:1440:1574348783616000002', 'meeting.personal', 1, '{"ahead": 1440, "starts": "2026-11-25T12:00Z"}', 'direct', 'forum', 1574348783616000002, '1456074443980800015:direct:1574348783616000002', '2026-11-24T12:00:00.000000Z', '2026-11-25T12:00:00.000000Z', '2026-11-24T12:00:00.000000Z', 'sent', 1, '', 0, 24, '2026-11-24T12:00:00.000000Z', '2026-11-24T12:00:00.000000Z', 1574365141401600073, 1574756469964800004);
INSERT INTO "delivery" VALUES (25, 1456074443980800015, 'meeting:1:2026-11-25T12:00Z:snooze:1574348783616000000:20261124T1400', 'meeting.personal', 1, '{"starts": "2026-11-25T12:00Z"}', 'direct', 'forum', 1574348783616000000, '1456074443980800015:direct:1574348783616000000', '2026-11-24T14:00:00.000000Z', '2026-11-25T12:00:00.000000Z', '2026-11-24T14:00:00.000000Z', 'dropped', 0, 'expired', 0, NULL, NULL, '2026-11-25T12:00:00.000000Z', NULL, NULL);
INSERT INTO "delivery" VALUES (26, 1456074443980800015, 'digest:1456074443980800015:2026-W48:1', 'digest.edition', 202648, '{"edition": 1}', 'post', 'announcements:1', NULL, 'digest:1456074443980800015:2026-W48:1', '2026-11-26T08:00:00.000000Z', '2026-11-29T08:00:00.000000Z', '2026-11-26T08:00:00.000000Z', 'sent', 1, '', 0, 26, '2026-11-26T08:00:00.000000Z', '2026-11-26T08:00:00.000000Z', 1574348783616000022, 1575420847718400005);
INSERT INTO "delivery" VALUES (27, 1456074443980800015, 'digest:1456074443980800015:2026-W48:2', 'digest.edition', 202648, '{"edition": 2}', 'post', 'announcements:2', NULL, 'digest:1456074443980800015:2026-W48:2', '2026-11-26T08:00:00.000000Z', '2026-11-29T08:00:00.000000Z', '2026-11-26T08:00:00.000000Z', 'sent', 1, '', 0, 27, '2026-11-26T08:00:00.000000Z', '2026-11-26T08:00:00.000000Z', 1574348783616000032, 1575420847718400003);
INSERT INTO "delivery" VALUES (28, 1456074443980800015, 'digest:1456074443980800015:2026-W48:0', 'digest.edition', 202648, '{"edition": 0}', 'post', 'forum', NULL, 'digest:1456074443980800015:2026-W48:0', '2026-11-26T08:00:00.000000Z', '2026-11-29T08:00:00.000000Z', '2026-11-26T08:00:00.000000Z', 'sent', 1, '', 0, 28, '2026-11-26T08:00:00.000000Z', '2026-11-26T08:00:00.000000Z', 1574348783616000014, 1575420847718400001);
INSERT INTO "delivery" VALUES (29, 1456074443980800015, 'digest:1456074443980800015:2026-W48:list:1574348783616000000', 'digest.list', 202648, '{}', 'direct', NULL, 1574348783616000000, '1456074443980800015:direct:1574348783616000000', '2026-11-26T08:00:00.000000Z', '2026-11-29T08:00:00.000000Z', '2026-11-26T08:00:00.000000Z', 'sent', 1, '', 0, 29, '2026-11-26T08:00:00.000000Z', '2026-11-26T08:00:00.000000Z', 1574756469964800002, 1575420847718400000);
INSERT INTO "delivery" VALUES (30, 1456074443980800015, 'digest:1456074443980800015:2026-W48:list:1574348783616000003', 'digest.list', 202648, '{}', 'direct', NULL, 1574348783616000003, '1456074443980800015:direct:1574348783616000003', '2026-11-26T08:00:00.000000Z', '2026-11-29T08:00:00.000000Z', '2026-11-26T08:00:00.000000Z', 'dropped', 1, 'well', 0, 30, '2026-11-26T08:00:00.000000Z', '2026-11-26T08:00:00.000000Z', NULL, NULL);
INSERT INTO "delivery" VALUES (31, 1456074443980800015, 'digest:1456074443980800015:2026-W49', 'digest.week', 202649, '{}', 'work', NULL, NULL, 'digest:1456074443980800015:2026-W49', '2026-12-02T15:00:00.000000Z', '2036-11-19T15:00:00.000000Z', '2026-12-02T15:00:00.000000Z', 'planned', 0, '', 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "meeting_draft" VALUES (1, 1456074443980800015, 1456074443980800020, '{"wanted": {"title": "Kick-off", "when": "2026-11-25 13:00", "duration": "", "where": "Town hall", "track": "", "kind": null, "repeat": "none", "until": "", "times": null, "agenda": "Coffee.", "reminders": ""}, "start": "2026-11-25T13:00/0", "saved": 1, "meeting": null, "occurrence": null, "typed": {}}', '2026-11-23T11:05:00.000000Z');
INSERT INTO "meeting_draft" VALUES (2, 1456074443980800015, 1456074443980800020, '{"wanted": {"title": "Weekly of the schools", "when": "2026-11-24 09:00", "duration": "", "where": "https://meet.example.org/1", "track": "School", "kind": null, "repeat": "weekly", "until": "", "times": 4, "agenda": "", "reminders": ""}, "start": "2026-11-24T09:00/0", "saved": 2, "meeting": null, "occurrence": null, "typed": {}}', '2026-11-23T11:05:00.000000Z');
INSERT INTO "meeting_draft" VALUES (3, 1456074443980800015, 1456074443980800020, '{"wanted": {"title": "Never held", "when": "2026-12-03 09:00", "duration": "", "where": "", "track": "Health", "kind": null, "repeat": "none", "until": "", "times": null, "agenda": "", "reminders": ""}, "start": "2026-12-03T09:00/0", "saved": 3, "meeting": null, "occurrence": null, "typed": {}}', '2026-11-23T11:05:00.000000Z');
INSERT INTO "meeting_draft" VALUES (4, 1456074443980800015, 1456074443980800020, '{"wanted": {"title": "Only thought of", "when": "2026-12-04 09:00", "duration": "", "where": "", "track": "", "kind": null, "repeat": "none", "until": "", "times": null, "agenda": "", "reminders": ""}, "start": "2026-12-04T09:00/0", "saved": null, "meeting": null, "occurrence": null, "typed": {}}', '2026-11-26T09:05:00.000000Z');
INSERT INTO "meeting_draft" VALUES (5, 1456074443980800015, 1456074443980800020, '{"wanted": {"title": "Of two minds", "when": "3/4 13:00", "duration": "", "where": "", "track": "", "kind": null, "repeat": "none", "until": "", "times": null, "agenda": "", "reminders": ""}, "start": "", "saved": null, "meeting": null, "occurrence": null, "typed": {}}', '2026-11-26T09:05:00.000000Z');
INSERT INTO "meeting" VALUES (1, 1456074443980800015, NULL, 'Kick-off', 'joint', 'Europe/Stockholm', '2026-11-25T13:00', 0, 60, 'none', NULL, NULL, 'Town hall', 'Coffee.', NULL, 'ec4193e2-0688-4949-8706-b45be344c5f3@leda', 0, 1456074443980800020, '2026-11-23T11:05:00.000000Z', '2026-11-23T11:05:00.000000Z', NULL, 6, 0, 1574348783616000014, 1574380240896000003, 1574380240896000004, 1);
INSERT INTO "meeting" VALUES (2, 1456074443980800015, 1, 'Weekly of the schools', 'digital', 'Europe/Stockholm', '2026-11-24T09:00', 0, 60, 'weekly', NULL, 4, 'https://meet.example.org/1', '', NULL, 'c1991af5-a066-43b5-a152-f8d6de6b8d70@leda', 0, 1456074443980800020, '2026-11-23T11:05:00.000000Z', '2026-11-23T11:05:00.000000Z', NULL, 8, 0, 1574348783616000022, 1574380240896000009, 1574771569459200006, 3);
INSERT INTO "meeting" VALUES (3, 1456074443980800015, 2, 'Never held', 'digital', 'Europe/Stockholm', '2026-12-03T09:00', 0, 60, 'none', NULL, NULL, '', '', NULL, 'b0f6e491-8fbd-4a01-ad30-fb1252abc007@leda', 1, 1456074443980800020, '2026-11-23T11:05:00.000000Z', '2026-11-23T11:05:00.000000Z', '2026-11-23T11:05:00.000000Z', 2, 0, 1574348783616000032, 1574380240896000015, NULL, NULL);
INSERT INTO "occurrence" VALUES (1, 1, '2026-11-25T13:00', '2026-11-25T13:00', 0, '2026-11-25T12:00:00.000000Z', '2026-11-25T13:00:00.000000Z', NULL, NULL, NULL, NULL, 0, NULL, NULL, '', '', '');
INSERT INTO "occurrence" VALUES (2, 2, '2026-11-24T09:00', '2026-11-24T09:00', 0, '2026-11-24T08:00:00.000000Z', '2026-11-24T09:00:00.000000Z', NULL, NULL, NULL, NULL, 0, NULL, NULL, 'We agreed to begin.', 'Film https://x.example/film', '');
INSERT INTO "occurrence" VALUES (3, 2, '2026-12-01T09:00', '2026-12-01T09:00', 0, '2026-12-01T08:00:00.000000Z', '2026-12-01T09:00:00.000000Z', NULL, NULL, NULL, NULL, 0, NULL, NULL, '', '', '');
INSERT INTO "occurrence" VALUES (4, 2, '2026-12-08T09:00', '2026-12-08T09:00', 0, '2026-12-08T08:00:00.000000Z', '2026-12-08T09:00:00.000000Z', NULL, NULL, NULL, NULL, 0, NULL, NULL, '', '', '');
INSERT INTO "occurrence" VALUES (5, 2, '2026-12-15T09:00', '2026-12-15T09:00', 0, '2026-12-15T08:00:00.000000Z', '2026-12-15T09:00:00.000000Z', NULL, NULL, NULL, NULL, 0, NULL, NULL, '', '', '');
INSERT INTO "occurrence" VALUES (6, 3, '2026-12-03T09:00', '2026-12-03T09:00', 0, '2026-12-03T08:00:00.000000Z', '2026-12-03T09:00:00.000000Z', NULL, NULL, NULL, NULL, 1, NULL, '2026-11-23T11:05:00.000000Z', '', '', 'Nobody could.');
INSERT INTO "meeting_answer" VALUES (1, 1, 'going', '2026-11-23T11:05:00.000000Z', 0, NULL);
INSERT INTO "meeting_answer" VALUES (1, 2, 'cant', '2026-11-23T11:05:00.000000Z', 0, NULL);
INSERT INTO "meeting_answer" VALUES (1, 3, 'going', '2026-11-23T11:05:00.000000Z', 0, NULL);
INSERT INTO "meeting_answer" VALUES (1, 4, 'maybe', '2026-11-23T11:05:00.000000Z', 0, NULL);
INSERT INTO "meeting_answer" VALUES (2, 1, 'going', '2026-11-23T11:05:00.000000Z', 0, NULL);
INSERT INTO "meeting_answer" VALUES (2, 2, 'going', '2026-11-23T11:05:00.000000Z', 0, '2026-11-24T13:00:00.000000Z');
INSERT INTO "meeting_answer" VALUES (3, 1, 'cant', '2026-11-23T11:05:00.000000Z', 0, NULL);
INSERT INTO "reminder" VALUES (1, 1, 'Bring a friend.', '2026-11-24T11:00:00.000000Z', 1456074443980800020);
INSERT INTO "digest" VALUES (1456074443980800015, 202648, 'sent', '2026-11-23T09:00:00.000000Z', '2026-11-26T08:00:00.000000Z', 'en', 'Europe/Stockholm', '', '', '{"1": {"track_id": 1, "track": "School and learning in a digital world", "waiting_factors": 5, "waiting_meetings": 3, "new": [{"title": "Try it small first", "url": "https://discord.com/channels/1456074443980800015/1574348783616000026/1574348783616000086", "kind": "promoting", "organisation": "G\u00f6teborgs stad", "how": "We let three units try it for six weeks and met every Monday.", "standing": "too_early"}, {"title": "Begin where the will is", "url": "https://discord.com/channels/1456074443980800015/1574348783616000014/1574365141401600005", "kind": "promoting", "organisation": "V\u00e4ster\u00e5s stad", "how": "We began in the units that asked for it.", "standing": "too_early"}, {"title": "One system for all", "url": "https://discord.com/channels/1456074443980800015/1574348783616000026/1574365141401600023", "kind": "inhibiting", "organisation": "G\u00f6teborgs stad", "how": "One system was to do for everybody; it did for nobody.", "standing": "too_early"}, {"title": "\u00c5k ut och lyssna", "url": "https://discord.com/channels/1456074443980800015/1574348783616000014/1574365141401600035", "kind": "promoting", "organisation": "V\u00e4ster\u00e5s stad", "how": "Vi \u00e5kte ut till alla enheter & lyssnade f\u00f6rst.", "standing": "too_early"}, {"title": "Said by Hjo", "url": "https://discord.com/channels/1456074443980800015/1574348783616000026/1574365141401600079", "kind": "promoting", "organisation": "Hjo kommun", "how": "They wrote it on a note at the meeting.", "standing": "too_early"}], "new_total": 6, "decisions": [{"title": "One system for all", "url": "https://discord.com/channels/1456074443980800015/1574348783616000026/1574365141401600023", "status": "declined", "reason": "Not now.", "into": "", "undone": false}, {"title": "A thing of the past", "url": "https://discord.com/channels/1456074443980800015/1574348783616000026/1574365141401600029", "status": "withdrawn", "reason": "No longer true.", "into": "", "undone": false}], "decided": {"declined": 1, "withdrawn": 1}, "moved": [], "moved_total": 0, "ahead": [{"title": "Weekly of the schools", "url": "https://discord.com/channels/1456074443980800015/1574348783616000022/1574380240896000009", "kind": "digital", "starts_at": "2026-12-01T08:00:00Z", "place": "https://meet.example.org/1", "cancelled": false}, {"title": "Weekly of the schools", "url": "https://discord.com/channels/1456074443980800015/1574348783616000022/1574380240896000009", "kind": "digital", "starts_at": "2026-12-08T08:00:00Z", "place": "https://meet.example.org/1", "cancelled": false}], "ahead_total": 2, "minutes": [{"title": "Weekly of the schools", "url": "https://discord.com/channels/1456074443980800015/1574348783616000022/1574380240896000009", "starts_at": "2026-11-24T08:00:00Z", "summary": "We agreed to begin.", "links": 1}], "minutes_total": 1, "talk": [], "talk_total": 0, "people": {"organisations": 3, "took_part": 3, "votes": 8, "trend": [[202648, 8]]}, "quiet": false}, "2": {"track_id": 2, "track": "Health and care in a digital world", "waiting_factors": 2, "waiting_meetings": 0, "new": [{"title": "Begin where the will is", "url": "https://discord.com/channels/1456074443980800015/1574348783616000014/1574365141401600005", "kind": "promoting", "organisation": "V\u00e4ster\u00e5s stad", "how": "We began in the units that asked for it.", "standing": "too_early"}, {"title": "Unclear assignment", "url": "https://discord.com/channels/1456074443980800015/1574348783616000036/1574365141401600017", "kind": "inhibiting", "organisation": "Vara kommun", "how": "Nobody knew who decided what, and so nobody did.", "standing": "shared_ground"}, {"title": "\u00c5k ut och lyssna", "url": "https://discord.com/channels/1456074443980800015/1574348783616000014/1574365141401600035", "kind": "promoting", "organisation": "V\u00e4ster\u00e5s stad", "how": "Vi \u00e5kte ut till alla enheter & lyssnade f\u00f6rst.", "standing": "too_early"}], "new_total": 3, "decisions": [{"title": "Unclear assignment", "url": "https://discord.com/channels/1456074443980800015/1574348783616000036/1574365141401600017", "status": "adopted", "reason": "Everybody knows it.", "into": "", "undone": false}, {"title": "Start with the willing", "url": "https://discord.com/channels/1456074443980800015/1574348783616000036/1574365141401600011", "status": "merged", "reason": "The same thing.", "into": "Begin where the will is", "undone": false}], "decided": {"adopted": 1, "merged": 1}, "moved": [], "moved_total": 0, "ahead": [{"title": "Never held", "url": "https://discord.com/channels/1456074443980800015/1574348783616000032/1574380240896000015", "kind": "digital", "starts_at": "2026-12-03T08:00:00Z", "place": "", "cancelled": true}], "ahead_total": 1, "minutes": [], "minutes_total": 0, "talk": [], "talk_total": 0, "people": {"organisations": 2, "took_part": 2, "votes": 8, "trend": [[202648, 8]]}, "quiet": false}, "0": {"track_id": null, "track": "", "waiting_factors": 0, "waiting_meetings": 0, "new": [{"title": "Try it small first", "url": "https://discord.com/channels/1456074443980800015/1574348783616000026/1574348783616000086", "kind": "promoting", "organisation": "G\u00f6teborgs stad", "how": "We let three units try it for six weeks and met every Monday.", "standing": "too_early"}, {"title": "Begin where the will is", "url": "https://discord.com/channels/1456074443980800015/1574348783616000014/1574365141401600005", "kind": "promoting", "organisation": "V\u00e4ster\u00e5s stad", "how": "We began in the units that asked for it.", "standing": "too_early"}, {"title": "Unclear assignment", "url": "https://discord.com/channels/1456074443980800015/1574348783616000036/1574365141401600017", "kind": "inhibiting", "organisation": "Vara kommun", "how": "Nobody knew who decided what, and so nobody did.", "standing": "shared_ground"}, {"title": "One system for all", "url": "https://discord.com/channels/1456074443980800015/1574348783616000026/1574365141401600023", "kind": "inhibiting", "organisation": "G\u00f6teborgs stad", "how": "One system was to do for everybody; it did for nobody.", "standing": "too_early"}, {"title": "\u00c5k ut och lyssna", "url": "https://discord.com/channels/1456074443980800015/1574348783616000014/1574365141401600035", "kind": "promoting", "organisation": "V\u00e4ster\u00e5s stad", "how": "Vi \u00e5kte ut till alla enheter & lyssnade f\u00f6rst.", "standing": "too_early"}], "new_total": 7, "decisions": [{"title": "Unclear assignment", "url": "https://discord.com/channels/1456074443980800015/1574348783616000036/1574365141401600017", "status": "adopted", "reason": "Everybody knows it.", "into": "", "undone": false}, {"title": "One system for all", "url": "https://discord.com/channels/1456074443980800015/1574348783616000026/1574365141401600023", "status": "declined", "reason": "Not now.", "into": "", "undone": false}, {"title": "Start with the willing", "url": "https://discord.com/channels/1456074443980800015/1574348783616000036/1574365141401600011", "status": "merged", "reason": "The same thing.", "into": "Begin where the will is", "undone": false}, {"title": "A thing of the past", "url": "https://discord.com/channels/1456074443980800015/1574348783616000026/1574365141401600029", "status": "withdrawn", "reason": "No longer true.", "into": "", "undone": false}], "decided": {"adopted": 1, "declined": 1, "merged": 1, "withdrawn": 1}, "moved": [], "moved_total": 0, "ahead": [{"title": "Weekly of the schools", "url": "https://discord.com/channels/1456074443980800015/1574348783616000022/1574380240896000009", "kind": "digital", "starts_at": "2026-12-01T08:00:00Z", "place": "https://meet.example.org/1", "cancelled": false}, {"title": "Never held", "url": "https://discord.com/channels/1456074443980800015/1574348783616000032/1574380240896000015", "kind": "digital", "starts_at": "2026-12-03T08:00:00Z", "place": "", "cancelled": true}, {"title": "Weekly of the schools", "url": "https://discord.com/channels/1456074443980800015/1574348783616000022/1574380240896000009", "kind": "digital", "starts_at": "2026-12-08T08:00:00Z", "place": "https://meet.example.org/1", "cancelled": false}], "ahead_total": 3, "minutes": [{"title": "Weekly of the schools", "url": "https://discord.com/channels/1456074443980800015/1574348783616000022/1574380240896000009", "starts_at": "2026-11-24T08:00:00Z", "summary": "We agreed to begin.", "links": 1}], "minutes_total": 1, "talk": [{"channel_id": 1574348783616000014, "title": "", "url": "https://discord.com/channels/1456074443980800015/1574348783616000014", "messages": 3}], "talk_total": 1, "people": {"organisations": 4, "took_part": 4, "votes": 13, "trend": [[202648, 13]]}, "quiet": false}}');
INSERT INTO "talk" VALUES (1456074443980800015, 1574348783616000014, '2026-11-23', 1574348783616000014, 3);
INSERT INTO "heard" VALUES (1456074443980800015, 1574348783616000014, 1574380240896000036);
INSERT INTO "heard" VALUES (1456074443980800015, 1574365141401600005, 1574365141401600072);
INSERT INTO "heard" VALUES (1456074443980800015, 1574348783616000026, 1574365141401600086);
INSERT INTO "heard" VALUES (1456074443980800015, 1574365141401600023, 1574365141401600060);
INSERT INTO "heard" VALUES (1456074443980800015, 1574365141401600029, 1574365141401600065);
INSERT INTO "heard" VALUES (1456074443980800015, 1574348783616000036, 1574365141401600018);
INSERT INTO "heard" VALUES (1456074443980800015, 1574365141401600011, 1574365141401600069);
INSERT INTO "heard" VALUES (1456074443980800015, 1574365141401600017, 1574365141401600055);
DELETE FROM sqlite_sequence;
INSERT INTO "sqlite_sequence" VALUES ('draft', 9);
INSERT INTO "sqlite_sequence" VALUES ('factor', 9);
INSERT INTO "sqlite_sequence" VALUES ('track', 3);
INSERT INTO "sqlite_sequence" VALUES ('delivery', 31);
INSERT INTO "sqlite_sequence" VALUES ('organisation', 4);
INSERT INTO "sqlite_sequence" VALUES ('key_area', 2);
INSERT INTO "sqlite_sequence" VALUES ('experience', 2);
INSERT INTO "sqlite_sequence" VALUES ('upload', 4);
INSERT INTO "sqlite_sequence" VALUES ('meeting_draft', 5);
INSERT INTO "sqlite_sequence" VALUES ('meeting', 3);
INSERT INTO "sqlite_sequence" VALUES ('occurrence', 6);
INSERT INTO "sqlite_sequence" VALUES ('reminder', 1);
INSERT INTO "sqlite_sequence" VALUES ('join_request', 2);
INSERT INTO factor_title_index (factor_title_index) VALUES ('rebuild');
INSERT INTO factor_word_index (factor_word_index) VALUES ('rebuild');
CREATE INDEX journal_subject ON journal (programme_id, subject, subject_id, at);
CREATE INDEX journal_time ON journal (programme_id, at);
CREATE INDEX ix_place_discord_id ON place (discord_id);
CREATE INDEX ix_track_programme_id ON track (programme_id);
CREATE INDEX ix_organisation_track_track_id ON organisation_track (track_id);
CREATE INDEX ix_participant_organisation_id ON participant (organisation_id);
CREATE UNIQUE INDEX participant_now ON participant (programme_id, member_id) WHERE left_at IS NULL;
CREATE UNIQUE INDEX participant_once ON participant (programme_id, member_id, organisation_id);
CREATE INDEX join_request_member ON join_request (programme_id, member_id, status);
CREATE UNIQUE INDEX organisation_name ON organisation (programme_id, folded) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX organisation_code ON organisation (programme_id, code) WHERE code <> '';
CREATE INDEX ix_upload_saved_at ON upload (saved_at);
CREATE UNIQUE INDEX key_area_name ON key_area (programme_id, folded);
CREATE INDEX experience_factor ON experience (factor_id, current);
CREATE INDEX ix_experience_participant_id ON experience (participant_id);
CREATE INDEX ix_draft_saved_at ON draft (saved_at);
CREATE INDEX draft_author ON draft (programme_id, member_id);
CREATE INDEX ix_factor_key_area_id ON factor (key_area_id);
CREATE INDEX ix_factor_participant_id ON factor (participant_id);
CREATE INDEX ix_factor_merged_into_id ON factor (merged_into_id);
CREATE INDEX ix_factor_root_id ON factor (root_id);
CREATE INDEX ix_factor_message_id ON factor (message_id);
CREATE INDEX ix_factor_thread_id ON factor (thread_id);
CREATE INDEX factor_list ON factor (programme_id, status, id, track_id, kind, key_area_id, score, split, discussed, opens_at, closes_at);
CREATE INDEX factor_due ON factor (programme_id) WHERE recount_due;
CREATE INDEX ix_vote_participant_id ON vote (participant_id);
CREATE INDEX ix_factor_terms_programme_id ON factor_terms (programme_id);
CREATE INDEX term_backwards ON term (programme_id, backwards);
CREATE TRIGGER factor_terms_insert AFTER INSERT ON factor_terms BEGIN INSERT INTO factor_title_index (rowid, title) VALUES (new.factor_id, new.title); INSERT INTO factor_word_index (rowid, words) VALUES (new.factor_id, new.words); END;
CREATE TRIGGER factor_terms_delete AFTER DELETE ON factor_terms BEGIN INSERT INTO factor_title_index (factor_title_index, rowid, title) VALUES ('delete', old.factor_id, old.title); INSERT INTO factor_word_index (factor_word_index, rowid, words) VALUES ('delete', old.factor_id, old.words); END;
CREATE TRIGGER factor_terms_update AFTER UPDATE ON factor_terms BEGIN INSERT INTO factor_title_index (factor_title_index, rowid, title) VALUES ('delete', old.factor_id, old.title); INSERT INTO factor_word_index (factor_word_index, rowid, words) VALUES ('delete', old.factor_id, old.words); INSERT INTO factor_title_index (rowid, title) VALUES (new.factor_id, new.title); INSERT INTO factor_word_index (rowid, words) VALUES (new.factor_id, new.words); END;
CREATE INDEX delivery_bundle ON delivery (bundle, state);
CREATE UNIQUE INDEX delivery_key ON delivery ("key");
CREATE INDEX delivery_next ON delivery (state, next_at, id);
CREATE INDEX delivery_settled ON delivery (programme_id, state, settled_at);
CREATE INDEX delivery_subject ON delivery (programme_id, kind, subject_id);
CREATE INDEX ix_delivery_member_id ON delivery (member_id);
CREATE INDEX ix_meeting_draft_programme_id ON meeting_draft (programme_id);
CREATE INDEX ix_meeting_message_id ON meeting (message_id);
CREATE INDEX ix_meeting_track_id ON meeting (track_id);
CREATE INDEX meeting_due ON meeting (programme_id) WHERE due;
CREATE INDEX meeting_programme ON meeting (programme_id, id);
CREATE UNIQUE INDEX occurrence_original ON occurrence (meeting_id, original);
CREATE INDEX occurrence_time ON occurrence (starts_at);
CREATE INDEX meeting_answer_participant ON meeting_answer (participant_id, occurrence_id);
CREATE INDEX ix_reminder_occurrence_id ON reminder (occurrence_id);
CREATE INDEX ix_factor_occurrence_id ON factor (occurrence_id);
CREATE INDEX talk_day ON talk (programme_id, day);
CREATE INDEX factor_waiting ON factor (programme_id, track_id, opens_at, closes_at) WHERE status = 'open' AND standing = 'too_early';
