BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE entry (
	id INTEGER NOT NULL, 
	line_id INTEGER NOT NULL, 
	filing_id INTEGER, 
	day DATE NOT NULL, 
	rank INTEGER NOT NULL, 
	tie TEXT NOT NULL, 
	total VARCHAR(40), 
	change VARCHAR(40), 
	in_dollars BOOLEAN NOT NULL, 
	reason TEXT, 
	made_at VARCHAR(40) NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(filing_id) REFERENCES filing (id), 
	FOREIGN KEY(line_id) REFERENCES line (id)
);
INSERT INTO "entry" VALUES(1,1,1,'2026-03-02',0,'2026-03-02  0009999001-26-000001','10',NULL,0,NULL,'2026-11-23T18:00:00+00:00');
INSERT INTO "entry" VALUES(2,2,2,'2026-03-04',0,'2026-03-04  0009999001-26-000002','100',NULL,0,NULL,'2026-11-23T18:01:00+00:00');
INSERT INTO "entry" VALUES(3,3,2,'2026-03-04',0,'2026-03-04  0009999001-26-000002','200',NULL,0,NULL,'2026-11-23T18:01:00+00:00');
INSERT INTO "entry" VALUES(4,4,3,'2026-03-05',0,'2026-03-05  0009999001-26-000003','300',NULL,0,NULL,'2026-11-23T18:02:00+00:00');
INSERT INTO "entry" VALUES(5,5,4,'2026-03-06',0,'2026-03-06  0009999001-26-000004','1000',NULL,0,NULL,'2026-11-23T18:03:00+00:00');
INSERT INTO "entry" VALUES(6,6,5,'2026-03-09',0,'2026-03-09  0009999001-26-000005','1100',NULL,0,NULL,'2026-11-23T18:04:00+00:00');
INSERT INTO "entry" VALUES(7,7,6,'2026-03-10',0,'2026-03-10  0009999001-26-000006','50',NULL,0,NULL,'2026-11-23T18:05:00+00:00');
INSERT INTO "entry" VALUES(8,8,6,'2026-03-10',0,'2026-03-10  0009999001-26-000006','70',NULL,0,NULL,'2026-11-23T18:05:00+00:00');
INSERT INTO "entry" VALUES(9,9,7,'2026-03-11',0,'2026-03-11  0009999001-26-000007','500',NULL,0,NULL,'2026-11-23T18:06:00+00:00');
INSERT INTO "entry" VALUES(10,9,8,'2026-03-11',0,'2026-03-11  0009999001-26-000007 / 2026-03-13 2026-03-11  0009999001-26-000008','510',NULL,0,NULL,'2026-11-23T18:07:00+00:00');
INSERT INTO "entry" VALUES(11,10,9,'2026-03-16',0,'2026-03-16  0009999001-26-000009','700',NULL,0,NULL,'2026-11-23T18:08:00+00:00');
INSERT INTO "entry" VALUES(12,9,NULL,'2026-03-20',2,'2026-11-23T18:20:00+00:00',NULL,'12.5',0,'dividend reinvested in March','2026-11-23T18:20:00+00:00');
INSERT INTO "entry" VALUES(13,8,NULL,'2026-03-21',2,'2026-11-23T18:21:00+00:00',NULL,'-5',0,'forfeited','2026-11-23T18:21:00+00:00');
INSERT INTO "entry" VALUES(14,11,NULL,'2026-03-22',2,'2026-11-23T18:22:00+00:00',NULL,'40',0,'in the trust since 2019','2026-11-23T18:22:00+00:00');
CREATE TABLE filing (
	id INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	accession_number VARCHAR(20), 
	form VARCHAR(3) NOT NULL, 
	edition VARCHAR(5), 
	issuer_id INTEGER NOT NULL, 
	period DATE, 
	filed DATE, 
	accepted_at VARCHAR(40), 
	recorded_at VARCHAR(40) NOT NULL, 
	day DATE NOT NULL, 
	file TEXT NOT NULL, 
	content JSON NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(issuer_id) REFERENCES issuer (id), 
	UNIQUE (accession_number), 
	UNIQUE (sha256)
);
INSERT INTO "filing" VALUES(1,'4144e73803d4d80eeaa953524c104d17081fe0445bdacecfb64b58812013f1f6','0009999001-26-000001','4',NULL,1,'2026-03-02','2026-03-02',NULL,'2026-11-23T18:00:00+00:00','2026-03-02','filing-1.xml','{"$schema": "https://form4-author.invalid/schemas/draft-1.schema.json", "format": 1, "form": "4", "period_of_report": "2026-03-02", "issuer": {"cik": "0009999001", "name": "Example Widgets Inc.", "trading_symbol": "EXWI"}, "owners": [{"cik": "0009999694", "name": "Doe Jane", "address": {"non_us": false, "street1": "1 Main Street", "city": "Springfield", "state": "IL", "zip": "62701"}, "is_director": true, "is_officer": true, "officer_title": "Chief Executive Officer"}], "derivative": [{"kind": "transaction", "security_title": "Call Option (obligation to sell)", "exercise_price": "50", "transaction_date": "2026-03-02", "transaction_code": "S", "amount": "10", "acquired_disposed": "D", "date_exercisable": "2026-03-02", "expiration_date": "2026-12-18", "underlying_title": "Common Stock", "underlying_amount": "10", "amount_owned_following": "10", "ownership_form": "D"}, {"kind": "transaction", "security_title": "Call Option (obligation to sell)", "exercise_price": "50", "transaction_date": "2026-03-02", "transaction_code": "S", "amount": "10", "acquired_disposed": "D", "date_exercisable": "2026-03-02", "expiration_date": "2026-12-18", "underlying_title": "Common Stock", "underlying_amount": "10", "amount_owned_following": "20", "ownership_form": "D"}], "signatures": [{"name": "/s/ Sam Roe, attorney-in-fact for Doe Jane", "date": "2026-03-02"}]}');
INSERT INTO "filing" VALUES(2,'e0c16fbd2a983ae2f4b4a6853654f4000238085508ab30be735ae2d4b3b76c69','0009999001-26-000002','4',NULL,1,'2026-03-04','2026-03-04',NULL,'2026-11-23T18:01:00+00:00','2026-03-04','filing-2.xml','{"$schema": "https://form4-author.invalid/schemas/draft-1.schema.json", "format": 1, "form": "4", "period_of_report": "2026-03-04", "issuer": {"cik": "0009999001", "name": "Example Widgets Inc.", "trading_symbol": "EXWI"}, "owners": [{"cik": "0009999694", "name": "Doe Jane", "address": {"non_us": false, "street1": "1 Main Street", "city": "Springfield", "state": "IL", "zip": "62701"}, "is_director": true, "is_officer": true, "officer_title": "Chief Executive Officer"}], "derivative": [{"kind": "transaction", "security_title": "Option | right to buy", "exercise_price": "12", "transaction_date": "2026-03-04", "transaction_code": "A", "amount": "100", "acquired_disposed": "A", "date_exercisable": {"footnotes": ["F1"]}, "expiration_date": "2031-05-01", "underlying_title": "Common Stock", "underlying_amount": "100", "amount_owned_following": "100", "ownership_form": "D"}, {"kind": "transaction", "security_title": "Option | right to buy", "exercise_price": "12", "transaction_date": "2026-03-04", "transaction_code": "A", "amount": "200", "acquired_disposed": "A", "date_exercisable": {"footnotes": ["F2"]}, "expiration_date": "2031-05-01", "underlying_title": "Common Stock", "underlying_amount": "200", "amount_owned_following": "200", "ownership_form": "D"}], "footnotes": [{"id": "F1", "text": "Vests in four equal annual installments beginning March 1, 2027."}, {"id": "F2", "text": "Vests in full on the third anniversary of the grant."}], "signatures": [{"name": "/s/ Sam Roe, attorney-in-fact for Doe Jane", "date": "2026-03-04"}]}');
INSERT INTO "filing" VALUES(3,'8ecaeee8fa9efd4b25e2e496e7d0fb3f30da7a361d80a0eb45942a25aadbb594','0009999001-26-000003','4',NULL,1,'2026-03-05','2026-03-05',NULL,'2026-11-23T18:02:00+00:00','2026-03-05','filing-3.xml','{"$schema": "https://form4-author.invalid/schemas/draft-1.schema.json", "format": 1, "form": "4", "period_of_report": "2026-03-05", "issuer": {"cik": "0009999001", "name": "Example Widgets Inc.", "trading_symbol": "EXWI"}, "owners": [{"cik": "0009999694", "name": "Doe Jane", "address": {"non_us": false, "street1": "1 Main Street", "city": "Springfield", "state": "IL", "zip": "62701"}, "is_director": true, "is_officer": true, "officer_title": "Chief Executive Officer"}], "derivative": [{"kind": "transaction", "security_title": "Warrant", "exercise_price": "30", "transaction_date": "2026-03-05", "transaction_code": "A", "amount": "300", "acquired_disposed": "A", "date_exercisable": "2026-03-05", "underlying_title": "Common Stock", "underlying_amount": "300", "amount_owned_following": "300", "ownership_form": "D"}], "signatures": [{"name": "/s/ Sam Roe, attorney-in-fact for Doe Jane", "date": "2026-03-05"}]}');
INSERT INTO "filing" VALUES(4,'2ddad5ff31cc298641744082e61840ec90264a1a9e99ba1da08af2a84f5ea8ef','0009999001-26-000004','4',NULL,1,'2026-03-06','2026-03-06',NULL,'2026-11-23T18:03:00+00:00','2026-03-06','filing-4.xml','{"$schema": "https://form4-author.invalid/schemas/draft-1.schema.json", "format": 1, "form": "4", "period_of_report": "2026-03-06", "issuer": {"cik": "0009999001", "name": "Example Widgets Inc.", "trading_symbol": "EXWI"}, "owners": [{"cik": "0009999694", "name": "Doe Jane", "address": {"non_us": false, "street1": "1 Main Street", "city": "Springfield", "state": "IL", "zip": "62701"}, "is_director": true, "is_officer": true, "officer_title": "Chief Executive Officer"}], "non_derivative": [{"kind": "transaction", "security_title": "Class A Common Stock", "transaction_date": "2026-03-06", "transaction_code": "P", "amount": "100", "price": "10.10", "acquired_disposed": "A", "amount_owned_following": "1000", "ownership_form": "D"}], "signatures": [{"name": "/s/ Sam Roe, attorney-in-fact for Doe Jane", "date": "2026-03-06"}]}');
INSERT INTO "filing" VALUES(5,'cb827256986b3861471de05e1a7e7d23cc50540eab5c9aa8f0d62270031a4ddf','0009999001-26-000005','4',NULL,1,'2026-03-09','2026-03-09',NULL,'2026-11-23T18:04:00+00:00','2026-03-09','filing-5.xml','{"$schema": "https://form4-author.invalid/schemas/draft-1.schema.json", "format": 1, "form": "4", "period_of_report": "2026-03-09", "issuer": {"cik": "0009999001", "name": "Example Widgets Inc.", "trading_symbol": "EXWI"}, "owners": [{"cik": "0009999694", "name": "Doe Jane", "address": {"non_us": false, "street1": "1 Main Street", "city": "Springfield", "state": "IL", "zip": "62701"}, "is_director": true, "is_officer": true, "officer_title": "Chief Executive Officer"}], "non_derivative": [{"kind": "transaction", "security_title": "Common Stock, Class A", "transaction_date": "2026-03-09", "transaction_code": "P", "amount": "100", "price": "10.10", "acquired_disposed": "A", "amount_owned_following": "1100", "ownership_form": "D"}], "signatures": [{"name": "/s/ Sam Roe, attorney-in-fact for Doe Jane", "date": "2026-03-09"}]}');
INSERT INTO "filing" VALUES(6,'ce271b834bec455541fdc0fa571ee888fb532497cd0d64f805f02e451cb6ad74','0009999001-26-000006','4',NULL,1,'2026-03-10','2026-03-10',NULL,'2026-11-23T18:05:00+00:00','2026-03-10','filing-6.xml','{"$schema": "https://form4-author.invalid/schemas/draft-1.schema.json", "format": 1, "form": "4", "period_of_report": "2026-03-10", "issuer": {"cik": "0009999001", "name": "Example Widgets Inc.", "trading_symbol": "EXWI"}, "owners": [{"cik": "0009999694", "name": "Doe Jane", "address": {"non_us": false, "street1": "1 Main Street", "city": "Springfield", "state": "IL", "zip": "62701"}, "is_director": true, "is_officer": true, "officer_title": "Chief Executive Officer"}], "derivative": [{"kind": "transaction", "security_title": "Restricted Stock Units", "exercise_price": {"footnotes": ["F3"]}, "transaction_date": "2026-03-10", "transaction_code": "A", "amount": "50", "acquired_disposed": "A", "date_exercisable": {"footnotes": ["F1"]}, "expiration_date": {"footnotes": ["F1"]}, "underlying_title": "Common Stock", "underlying_amount": "50", "amount_owned_following": "50", "ownership_form": "D"}, {"kind": "transaction", "security_title": "Restricted Stock Units", "exercise_price": {"footnotes": ["F3"]}, "transaction_date": "2026-03-10", "transaction_code": "A", "amount": "70", "acquired_disposed": "A", "date_exercisable": {"footnotes": ["F2"]}, "expiration_date": {"footnotes": ["F2"]}, "underlying_title": "Common Stock", "underlying_amount": "70", "amount_owned_following": "70", "ownership_form": "D"}], "footnotes": [{"id": "F1", "text": "Vests in four equal annual installments beginning March 1, 2027."}, {"id": "F2", "text": "Vests in full on the third anniversary of the grant."}, {"id": "F3", "text": "One share for each unit."}], "signatures": [{"name": "/s/ Sam Roe, attorney-in-fact for Doe Jane", "date": "2026-03-10"}]}');
INSERT INTO "filing" VALUES(7,'cff73b01b1c51948492ab946989be93d55e3d131b4890152f184b27886264f93','0009999001-26-000007','4',NULL,1,'2026-03-11','2026-03-11',NULL,'2026-11-23T18:06:00+00:00','2026-03-11','filing-7.xml','{"$schema": "https://form4-author.invalid/schemas/draft-1.schema.json", "format": 1, "form": "4", "period_of_report": "2026-03-11", "issuer": {"cik": "0009999001", "name": "Example Widgets Inc.", "trading_symbol": "EXWI"}, "owners": [{"cik": "0009999694", "name": "Doe Jane", "address": {"non_us": false, "street1": "1 Main Street", "city": "Springfield", "state": "IL", "zip": "62701"}, "is_director": true, "is_officer": true, "officer_title": "Chief Executive Officer"}], "non_derivative": [{"kind": "transaction", "security_title": "Preferred Stock", "transaction_date": "2026-03-11", "transaction_code": "P", "amount": "100", "price": "10.10", "acquired_disposed": "A", "amount_owned_following": "500", "ownership_form": "D"}], "signatures": [{"name": "/s/ Sam Roe, attorney-in-fact for Doe Jane", "date": "2026-03-11"}]}');
INSERT INTO "filing" VALUES(8,'bfb651685288ea19ba91c40f1547598f1c021b0b61fd5b99583494d8071d694c','0009999001-26-000008','4/A',NULL,1,'2026-03-11','2026-03-13',NULL,'2026-11-23T18:07:00+00:00','2026-03-11','filing-8.xml','{"$schema": "https://form4-author.invalid/schemas/draft-1.schema.json", "format": 1, "form": "4/A", "period_of_report": "2026-03-11", "date_of_original_submission": "2026-03-11", "issuer": {"cik": "0009999001", "name": "Example Widgets Inc.", "trading_symbol": "EXWI"}, "owners": [{"cik": "0009999694", "name": "Doe Jane", "address": {"non_us": false, "street1": "1 Main Street", "city": "Springfield", "state": "IL", "zip": "62701"}, "is_director": true, "is_officer": true, "officer_title": "Chief Executive Officer"}], "non_derivative": [{"kind": "transaction", "security_title": "Preferred Stock", "transaction_date": "2026-03-13", "transaction_code": "P", "amount": "100", "price": "10.10", "acquired_disposed": "A", "amount_owned_following": "510", "ownership_form": "D"}], "signatures": [{"name": "/s/ Sam Roe, attorney-in-fact for Doe Jane", "date": "2026-03-13"}]}');
INSERT INTO "filing" VALUES(9,'65ac91109c6beab4893e3c6544a89be8e5051308e39b018ca2fa911a4873ec8f','0009999001-26-000009','4',NULL,1,'2026-03-16','2026-03-16',NULL,'2026-11-23T18:08:00+00:00','2026-03-16','filing-9.xml','{"$schema": "https://form4-author.invalid/schemas/draft-1.schema.json", "format": 1, "form": "4", "period_of_report": "2026-03-16", "issuer": {"cik": "0009999001", "name": "Example Widgets Inc.", "trading_symbol": "EXWI"}, "owners": [{"cik": "0009999615", "name": "Roe Sam", "address": {"non_us": false, "street1": "1 Main Street", "city": "Springfield", "state": "IL", "zip": "62701"}, "is_director": true, "is_officer": true, "officer_title": "Chief Executive Officer"}], "non_derivative": [{"kind": "transaction", "security_title": "Preferred Stock", "transaction_date": "2026-03-16", "transaction_code": "P", "amount": "100", "price": "10.10", "acquired_disposed": "A", "amount_owned_following": "700", "ownership_form": "D"}], "signatures": [{"name": "/s/ Sam Roe, attorney-in-fact for Roe Sam", "date": "2026-03-16"}]}');
CREATE TABLE filing_person (
	filing_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	PRIMARY KEY (filing_id, person_id), 
	FOREIGN KEY(filing_id) REFERENCES filing (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "filing_person" VALUES(1,1);
INSERT INTO "filing_person" VALUES(2,1);
INSERT INTO "filing_person" VALUES(3,1);
INSERT INTO "filing_person" VALUES(4,1);
INSERT INTO "filing_person" VALUES(5,1);
INSERT INTO "filing_person" VALUES(6,1);
INSERT INTO "filing_person" VALUES(7,1);
INSERT INTO "filing_person" VALUES(8,1);
INSERT INTO "filing_person" VALUES(9,2);
CREATE TABLE house_style (
	id INTEGER NOT NULL, 
	issuer_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(issuer_id) REFERENCES issuer (id), 
	UNIQUE (issuer_id, name)
);
CREATE TABLE issuer (
	id INTEGER NOT NULL, 
	cik VARCHAR(10) NOT NULL, 
	name TEXT NOT NULL, 
	trading_symbol TEXT, 
	foreign_trading_symbol TEXT, 
	foreign_private BOOLEAN, 
	country VARCHAR(2), 
	qualifying_regulation BOOLEAN, 
	registered BOOLEAN, 
	closed_end_fund BOOLEAN, 
	listed BOOLEAN, 
	fiscal_year_end VARCHAR(5), 
	went_public DATE, 
	shares_outstanding VARCHAR(40), 
	told DATE, 
	PRIMARY KEY (id), 
	UNIQUE (cik)
);
INSERT INTO "issuer" VALUES(1,'9999001','Example Widgets Inc.','EXWI',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-16');
CREATE TABLE line (
	id INTEGER NOT NULL, 
	relationship_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	name TEXT NOT NULL, 
	cells JSON NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(relationship_id) REFERENCES relationship (id), 
	UNIQUE (relationship_id, "key")
);
INSERT INTO "line" VALUES(1,1,'II | call option (obligation to sell) | D |  | 5E+1 | 2026-12-18','Call Option (obligation to sell), direct, at 50, to 2026-12-18','{"table": "derivative", "security_title": "Call Option (obligation to sell)", "ownership_form": "D", "exercise_price": "50", "date_exercisable": "2026-03-02", "expiration_date": "2026-12-18", "underlying_title": "Common Stock", "each": "1"}');
INSERT INTO "line" VALUES(2,1,'II | option | right to buy | D |  | 12 | 2031-05-01','Option | right to buy, direct, at 12, to 2031-05-01 · Vests in four equal annual installments beginni…','{"table": "derivative", "security_title": "Option | right to buy", "ownership_form": "D", "exercise_price": "12", "words": {"date_exercisable": "Vests in four equal annual installments beginning March 1, 2027."}, "expiration_date": "2031-05-01", "underlying_title": "Common Stock", "each": "1"}');
INSERT INTO "line" VALUES(3,1,'II | option | right to buy | D |  | 12 | 2031-05-01 | vests in full on the third anniversary of the grant. | 2031-05-01','Option | right to buy, direct, at 12, to 2031-05-01 · Vests in full on the third anniversary of the g…','{"table": "derivative", "security_title": "Option | right to buy", "ownership_form": "D", "exercise_price": "12", "words": {"date_exercisable": "Vests in full on the third anniversary of the grant."}, "expiration_date": "2031-05-01", "underlying_title": "Common Stock", "each": "1"}');
INSERT INTO "line" VALUES(4,1,'II | warrant | D |  | 3E+1 | None','Warrant, direct, at 30','{"table": "derivative", "security_title": "Warrant", "ownership_form": "D", "exercise_price": "30", "date_exercisable": "2026-03-05", "underlying_title": "Common Stock", "each": "1"}');
INSERT INTO "line" VALUES(5,1,'I | class a common stock | D | ','Class A Common Stock, direct','{"table": "non_derivative", "security_title": "Class A Common Stock", "ownership_form": "D"}');
INSERT INTO "line" VALUES(6,1,'I | common stock, class a | D | ','Common Stock, Class A, direct','{"table": "non_derivative", "security_title": "Common Stock, Class A", "ownership_form": "D"}');
INSERT INTO "line" VALUES(7,1,'II | restricted stock units | D |  |  | None','Restricted Stock Units, direct · Vests in four equal annual installments beginni…','{"table": "derivative", "security_title": "Restricted Stock Units", "ownership_form": "D", "words": {"exercise_price": "One share for each unit.", "date_exercisable": "Vests in four equal annual installments beginning March 1, 2027.", "expiration_date": "Vests in four equal annual installments beginning March 1, 2027."}, "underlying_title": "Common Stock", "each": "1"}');
INSERT INTO "line" VALUES(8,1,'II | restricted stock units | D |  |  | None | vests in full on the third anniversary of the grant. | vests in full on the third anniversary of the grant.','Restricted Stock Units, direct · Vests in full on the third anniversary of the g…','{"table": "derivative", "security_title": "Restricted Stock Units", "ownership_form": "D", "words": {"exercise_price": "One share for each unit.", "date_exercisable": "Vests in full on the third anniversary of the grant.", "expiration_date": "Vests in full on the third anniversary of the grant."}, "underlying_title": "Common Stock", "each": "1"}');
INSERT INTO "line" VALUES(9,1,'I | preferred stock | D | ','Preferred Stock, direct','{"table": "non_derivative", "security_title": "Preferred Stock", "ownership_form": "D"}');
INSERT INTO "line" VALUES(10,2,'I | preferred stock | D | ','Preferred Stock, direct','{"table": "non_derivative", "security_title": "Preferred Stock", "ownership_form": "D"}');
INSERT INTO "line" VALUES(11,1,'I | common stock | I | by trust','Common Stock, By Trust','{"table": "non_derivative", "security_title": "Common Stock", "ownership_form": "I", "nature_of_ownership": "By Trust"}');
CREATE TABLE note (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name)
);
CREATE TABLE person (
	id INTEGER NOT NULL, 
	cik VARCHAR(10) NOT NULL, 
	name TEXT NOT NULL, 
	entity BOOLEAN, 
	address JSON NOT NULL, 
	told DATE, 
	PRIMARY KEY (id), 
	UNIQUE (cik)
);
INSERT INTO "person" VALUES(1,'9999694','Doe Jane',NULL,'{"non_us": false, "street1": "1 Main Street", "city": "Springfield", "state": "IL", "zip": "62701"}','2026-03-13');
INSERT INTO "person" VALUES(2,'9999615','Roe Sam',NULL,'{"non_us": false, "street1": "1 Main Street", "city": "Springfield", "state": "IL", "zip": "62701"}','2026-03-16');
CREATE TABLE power (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	issuer_id INTEGER, 
	agents JSON NOT NULL, 
	signed DATE, 
	until DATE, 
	revoked DATE, 
	accession_number VARCHAR(20), 
	wording TEXT, 
	used DATE, 
	PRIMARY KEY (id), 
	FOREIGN KEY(issuer_id) REFERENCES issuer (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "power" VALUES(1,1,1,'["Sam Roe"]',NULL,NULL,NULL,NULL,'/s/ Sam Roe, attorney-in-fact for Doe Jane','2026-03-13');
CREATE TABLE relationship (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	issuer_id INTEGER NOT NULL, 
	is_director BOOLEAN, 
	is_officer BOOLEAN, 
	is_ten_percent_owner BOOLEAN, 
	is_other BOOLEAN, 
	officer_title TEXT, 
	other_text TEXT, 
	insider_since DATE, 
	insider_until DATE, 
	told DATE, 
	PRIMARY KEY (id), 
	FOREIGN KEY(issuer_id) REFERENCES issuer (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	UNIQUE (person_id, issuer_id)
);
INSERT INTO "relationship" VALUES(1,1,1,1,1,NULL,NULL,'Chief Executive Officer',NULL,NULL,NULL,'2026-03-13');
INSERT INTO "relationship" VALUES(2,2,1,1,1,NULL,NULL,'Chief Executive Officer',NULL,NULL,NULL,'2026-03-16');
CREATE TABLE security_class (
	id INTEGER NOT NULL, 
	issuer_id INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(issuer_id) REFERENCES issuer (id), 
	UNIQUE (issuer_id, title)
);
INSERT INTO "security_class" VALUES(1,1,'Class A Common Stock');
INSERT INTO "security_class" VALUES(2,1,'Common Stock, Class A');
INSERT INTO "security_class" VALUES(3,1,'Preferred Stock');
CREATE TABLE series (
	id INTEGER NOT NULL, 
	issuer_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	terms JSON NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(issuer_id) REFERENCES issuer (id), 
	UNIQUE (issuer_id, "key")
);
INSERT INTO "series" VALUES(1,1,'call option (obligation to sell) | 5E+1 | 2026-12-18','{"security_title": "Call Option (obligation to sell)", "exercise_price": "50", "date_exercisable": "2026-03-02", "expiration_date": "2026-12-18", "underlying_title": "Common Stock"}');
INSERT INTO "series" VALUES(2,1,'option |  | 12 | 2031-05-01','{"security_title": "Option | right to buy", "exercise_price": "12", "words": {"date_exercisable": "Vests in full on the third anniversary of the grant."}, "expiration_date": "2031-05-01", "underlying_title": "Common Stock"}');
INSERT INTO "series" VALUES(3,1,'warrant | 3E+1 | None','{"security_title": "Warrant", "exercise_price": "30", "date_exercisable": "2026-03-05", "underlying_title": "Common Stock"}');
INSERT INTO "series" VALUES(4,1,'restricted stock units |  | None','{"security_title": "Restricted Stock Units", "words": {"exercise_price": "One share for each unit.", "date_exercisable": "Vests in full on the third anniversary of the grant.", "expiration_date": "Vests in full on the third anniversary of the grant."}, "underlying_title": "Common Stock"}');
CREATE INDEX ix_filing_issuer_id ON filing (issuer_id);
CREATE INDEX ix_filing_person_person_id ON filing_person (person_id);
CREATE INDEX ix_entry_filing_id ON entry (filing_id);
CREATE INDEX ix_entry_line_id ON entry (line_id);
COMMIT;
