PRAGMA application_id = 1179602005;

PRAGMA user_version = 11;

CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE contact (
	id TEXT NOT NULL, 
	application_id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	email TEXT NOT NULL, 
	phone TEXT NOT NULL, 
	title TEXT NOT NULL, 
	address TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	version INTEGER NOT NULL, link TEXT DEFAULT '' NOT NULL, role TEXT, reach_by TEXT, voice TEXT, 
	CONSTRAINT pk_contact PRIMARY KEY (id), 
	CONSTRAINT fk_contact_application_id FOREIGN KEY(application_id) REFERENCES application (id)
);

CREATE TABLE interview (
	id TEXT NOT NULL, 
	application_id TEXT NOT NULL, 
	starts_at TEXT NOT NULL, 
	ends_at TEXT, 
	zone TEXT NOT NULL, 
	time_known BOOLEAN NOT NULL, 
	kind TEXT, 
	place TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	cancelled_at TEXT, 
	created_at TEXT NOT NULL, 
	version INTEGER NOT NULL, link TEXT DEFAULT '' NOT NULL, event_uid TEXT DEFAULT '' NOT NULL, event_sequence INTEGER DEFAULT '0' NOT NULL, event_revised_at TEXT, seen_on DATE, 
	CONSTRAINT pk_interview PRIMARY KEY (id), 
	CONSTRAINT fk_interview_application_id FOREIGN KEY(application_id) REFERENCES application (id)
);

CREATE TABLE interviewer (
	id TEXT NOT NULL, 
	application_id TEXT NOT NULL, 
	interview_id TEXT NOT NULL, 
	contact_id TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_interviewer PRIMARY KEY (id), 
	CONSTRAINT fk_interviewer_application_id FOREIGN KEY(application_id) REFERENCES application (id), 
	CONSTRAINT fk_interviewer_interview_id FOREIGN KEY(interview_id) REFERENCES interview (id), 
	CONSTRAINT fk_interviewer_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id)
);

CREATE TABLE touch (
	id TEXT NOT NULL, 
	application_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	direction TEXT NOT NULL, 
	channel TEXT, 
	at TEXT NOT NULL, 
	contact_id TEXT, 
	interview_id TEXT, 
	outcome TEXT, 
	note TEXT NOT NULL, 
	override TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	version INTEGER NOT NULL, zone TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_touch PRIMARY KEY (id), 
	CONSTRAINT fk_touch_application_id FOREIGN KEY(application_id) REFERENCES application (id), 
	CONSTRAINT fk_touch_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id), 
	CONSTRAINT fk_touch_interview_id FOREIGN KEY(interview_id) REFERENCES interview (id)
);

CREATE TABLE next_step (
	id TEXT NOT NULL, 
	application_id TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	by_on DATE, 
	by_at TEXT, 
	note TEXT NOT NULL, 
	interview_id TEXT, 
	said_at TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	version INTEGER NOT NULL, zone TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_next_step PRIMARY KEY (id), 
	CONSTRAINT fk_next_step_application_id FOREIGN KEY(application_id) REFERENCES application (id), 
	CONSTRAINT fk_next_step_interview_id FOREIGN KEY(interview_id) REFERENCES interview (id)
);

CREATE TABLE journal (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at TEXT NOT NULL, 
	verb TEXT NOT NULL, 
	label TEXT NOT NULL, 
	state TEXT NOT NULL, 
	edits TEXT NOT NULL
);

CREATE TABLE outlook (
	application_id TEXT NOT NULL, 
	place INTEGER NOT NULL, 
	stage TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	from_at TEXT NOT NULL, 
	until_at TEXT NOT NULL, 
	action TEXT NOT NULL, 
	rank INTEGER NOT NULL, 
	asks_on DATE NOT NULL, 
	due_on DATE NOT NULL, 
	is_missing BOOLEAN NOT NULL, 
	is_held BOOLEAN NOT NULL, 
	channel TEXT, 
	contact TEXT NOT NULL, 
	why TEXT NOT NULL, interview_on DATE, interview_hour TEXT DEFAULT '' NOT NULL, other_role_on DATE, 
	CONSTRAINT pk_outlook PRIMARY KEY (application_id, place), 
	CONSTRAINT fk_outlook_application_id FOREIGN KEY(application_id) REFERENCES application (id)
);

CREATE TABLE kept (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_kept PRIMARY KEY ("key")
);

CREATE TABLE holiday_year (
	region TEXT NOT NULL, 
	year INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	CONSTRAINT pk_holiday_year PRIMARY KEY (region, year)
);

CREATE TABLE holiday (
	region TEXT NOT NULL, 
	day DATE NOT NULL, 
	year INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_holiday PRIMARY KEY (region, day)
);

CREATE TABLE review_mark (
	turn INTEGER NOT NULL, 
	day DATE NOT NULL, 
	application_id TEXT NOT NULL, 
	state TEXT NOT NULL, 
	at TEXT NOT NULL, 
	asked TEXT, 
	sequence INTEGER, 
	CONSTRAINT pk_review_mark PRIMARY KEY (turn)
);

CREATE TABLE letter (
	id TEXT NOT NULL, 
	application_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	template TEXT NOT NULL, 
	contact_id TEXT, 
	interview_id TEXT, 
	channel TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	body TEXT NOT NULL, 
	attachments TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	changed_at TEXT NOT NULL, 
	sent_at TEXT, 
	version INTEGER NOT NULL, unanswered_at TEXT, 
	CONSTRAINT pk_letter PRIMARY KEY (id)
);

CREATE TABLE taught (
	"key" TEXT NOT NULL, 
	at TEXT NOT NULL, 
	CONSTRAINT pk_taught PRIMARY KEY ("key")
);

CREATE TABLE "application" (
	id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	stage TEXT NOT NULL, 
	company TEXT NOT NULL, 
	role TEXT NOT NULL, 
	location TEXT NOT NULL, 
	outcome TEXT, 
	stage_at TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	closed_from TEXT, 
	url TEXT NOT NULL, 
	source TEXT NOT NULL, 
	tags TEXT NOT NULL, 
	applied_on DATE, 
	region TEXT NOT NULL, 
	pace TEXT NOT NULL, 
	snoozed_until DATE, 
	pinned_on DATE, 
	pinned_why TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	applied_only BOOLEAN DEFAULT '0' NOT NULL, 
	imported TEXT DEFAULT '[]' NOT NULL, 
	pay TEXT DEFAULT '' NOT NULL, 
	referrer TEXT DEFAULT '' NOT NULL, 
	work_mode TEXT, snoozed_at TEXT, pinned_at TEXT, 
	CONSTRAINT pk_application PRIMARY KEY (id), 
	CONSTRAINT ck_application_stage CHECK (stage = 'interviewed' OR stage = 'thanked' OR stage = 'awaiting' OR stage = 'moved_on'), 
	CONSTRAINT ck_application_outcome CHECK (outcome = 'accepted' OR outcome = 'declined' OR outcome = 'rejected' OR outcome = 'withdrew' OR outcome = 'no_reply'), 
	CONSTRAINT ck_application_closed_from CHECK (closed_from = 'interviewed' OR closed_from = 'thanked' OR closed_from = 'awaiting' OR closed_from = 'moved_on')
);

CREATE TABLE offer (
	id TEXT NOT NULL, 
	application_id TEXT NOT NULL, 
	made_at TEXT NOT NULL, 
	answer_by DATE, 
	pay TEXT NOT NULL, 
	start TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	asked_time_at TEXT, 
	answer TEXT, 
	answered_at TEXT, 
	created_at TEXT NOT NULL, 
	version INTEGER NOT NULL, day_known BOOLEAN DEFAULT 1 NOT NULL, 
	CONSTRAINT pk_offer PRIMARY KEY (id), 
	CONSTRAINT fk_offer_application_id FOREIGN KEY(application_id) REFERENCES application (id)
);

CREATE INDEX ix_application_accepted ON application (stage_at) WHERE outcome = 'accepted';

CREATE INDEX ix_application_applied_only ON application (stage, applied_only, number);

CREATE INDEX ix_application_created_at ON application (stage, created_at, number);

CREATE UNIQUE INDEX ix_application_number ON application (number);

CREATE INDEX ix_application_stage_at ON application (stage, stage_at, number);

CREATE INDEX ix_contact_application_id ON contact (application_id);

CREATE INDEX ix_interview_application_id ON interview (application_id);

CREATE INDEX ix_interviewer_application_id ON interviewer (application_id);

CREATE INDEX ix_interviewer_contact_id ON interviewer (contact_id);

CREATE INDEX ix_interviewer_interview_id ON interviewer (interview_id);

CREATE INDEX ix_journal_state ON journal (state);

CREATE INDEX ix_letter_application_id ON letter (application_id);

CREATE INDEX ix_next_step_application_id ON next_step (application_id);

CREATE INDEX ix_next_step_interview_id ON next_step (interview_id);

CREATE INDEX ix_offer_application_id ON offer (application_id);

CREATE INDEX ix_outlook_ahead ON outlook (stage, asks_on, number, from_at, until_at, application_id);

CREATE INDEX ix_outlook_loudness ON outlook (stage, rank, due_on, number, asks_on, from_at, until_at, application_id);

CREATE INDEX ix_review_mark_day ON review_mark (day);

CREATE INDEX ix_touch_application_id ON touch (application_id);

CREATE INDEX ix_touch_contact_id ON touch (contact_id);

CREATE INDEX ix_touch_interview_id ON touch (interview_id);

INSERT INTO alembic_version VALUES ('0011');
