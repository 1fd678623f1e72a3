-- What the walls' conditions ask. Those that look into other tables do so as the owner
-- of the tables: a policy that asked as the web would ask for that table's policies in
-- turn, and of two that ask each other neither is ever answered.

CREATE OR REPLACE FUNCTION wall_kind() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT split_part(current_setting('goodstanding.scope', true), ':', 1)
$$;

-- What stands behind the colon, where the scope is of this kind.
CREATE OR REPLACE FUNCTION wall_key(kind text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN split_part(current_setting('goodstanding.scope', true), ':', 1)
    = kind THEN substr(current_setting('goodstanding.scope', true), length(kind) + 2)
  END
$$;

CREATE OR REPLACE FUNCTION wall_id(kind text) RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT wall_key(kind)::uuid
$$;

-- People a practice stands for, or stood for; a person's own record; whom a link is for.
CREATE OR REPLACE FUNCTION wall_members() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  CASE wall_kind()
    WHEN 'practice' THEN RETURN QUERY
      SELECT s.member_id FROM accounts_sponsorship s
      WHERE s.practice_id = wall_id('practice');
    WHEN 'self' THEN RETURN QUERY
      SELECT m.id FROM accounts_member m WHERE m.user_id = wall_id('self');
    WHEN 'joining' THEN RETURN QUERY
      SELECT i.member_id FROM accounts_invitation i
      WHERE i.id = wall_id('joining') AND i.member_id IS NOT NULL
      UNION SELECT m.id FROM accounts_member m
        JOIN accounts_user u ON u.id = m.user_id
        JOIN accounts_invitation i ON lower(i.email) = lower(u.email)
      WHERE i.id = wall_id('joining');
    ELSE RETURN;
  END CASE;
END $$;

-- A record without an account that no practice ever stood for: what a practice has just
-- added, and nobody else's.
CREATE OR REPLACE FUNCTION wall_unclaimed(asked uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN wall_kind() = 'practice'
    AND EXISTS (SELECT 1 FROM accounts_member m
      WHERE m.id = asked AND m.user_id IS NULL)
    AND NOT EXISTS (SELECT 1 FROM accounts_sponsorship s WHERE s.member_id = asked);
END $$;

-- Whom the practice stands for today, and in which body's program.
CREATE OR REPLACE FUNCTION wall_sponsored() RETURNS TABLE (member uuid, program text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF wall_kind() = 'practice' THEN RETURN QUERY
    SELECT s.member_id, s.program::text FROM accounts_sponsorship s
    WHERE s.practice_id = wall_id('practice') AND s.until_on IS NULL;
  END IF;
END $$;

-- The practice itself; those that stand or stood for a person, or are run by them.
CREATE OR REPLACE FUNCTION wall_practices() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  CASE wall_kind()
    WHEN 'practice' THEN RETURN NEXT wall_id('practice');
    WHEN 'self' THEN RETURN QUERY
      SELECT a.practice_id FROM accounts_administration a
      WHERE a.user_id = wall_id('self') AND a.until_at IS NULL
      UNION SELECT s.practice_id FROM accounts_sponsorship s
        JOIN accounts_member m ON m.id = s.member_id
      WHERE m.user_id = wall_id('self');
    WHEN 'joining' THEN RETURN QUERY
      SELECT i.practice_id FROM accounts_invitation i WHERE i.id = wall_id('joining');
    ELSE RETURN;
  END CASE;
END $$;

-- Accounts a scope meets: administrators and people of a practice, a body's staff.
CREATE OR REPLACE FUNCTION wall_users() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  CASE wall_kind()
    WHEN 'practice' THEN RETURN QUERY
      SELECT a.user_id FROM accounts_administration a
      WHERE a.practice_id = wall_id('practice')
      UNION SELECT m.user_id FROM accounts_sponsorship s
        JOIN accounts_member m ON m.id = s.member_id
      WHERE s.practice_id = wall_id('practice') AND m.user_id IS NOT NULL
      UNION SELECT t.created_by_id FROM accounts_apitoken t
      WHERE t.practice_id = wall_id('practice');
    WHEN 'self' THEN RETURN QUERY
      SELECT wall_id('self')
      UNION SELECT a.user_id FROM accounts_administration a
      WHERE a.until_at IS NULL AND a.practice_id IN (SELECT wall_practices());
    WHEN 'staff' THEN RETURN QUERY
      SELECT r.user_id FROM accounts_staffrole r WHERE r.program = wall_key('staff')
      UNION SELECT a.user_id FROM accounts_administration a
      WHERE a.until_at IS NULL AND a.practice_id IN (
        SELECT s.practice_id FROM accounts_sponsorship s
        WHERE s.program = wall_key('staff'));
    WHEN 'joining' THEN RETURN QUERY
      SELECT u.id FROM accounts_user u
        JOIN accounts_invitation i ON lower(i.email) = lower(u.email)
      WHERE i.id = wall_id('joining');
    ELSE RETURN;
  END CASE;
END $$;

-- Addresses of a practice's people, a person's own, or the one a link was sent to.
CREATE OR REPLACE FUNCTION wall_addresses() RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  CASE wall_kind()
    WHEN 'practice' THEN RETURN QUERY
      SELECT lower(coalesce(nullif(m.email, ''), u.email)) FROM wall_sponsored() w
        JOIN accounts_member m ON m.id = w.member
        LEFT JOIN accounts_user u ON u.id = m.user_id;
    WHEN 'self' THEN RETURN QUERY
      SELECT lower(u.email) FROM accounts_user u WHERE u.id = wall_id('self')
      UNION SELECT lower(m.email) FROM accounts_member m
      WHERE m.user_id = wall_id('self');
    WHEN 'joining' THEN RETURN QUERY
      SELECT lower(i.email) FROM accounts_invitation i WHERE i.id = wall_id('joining');
    ELSE RETURN;
  END CASE;
END $$;

-- What asks a person to join a practice: still open, sent to the address they sign in
-- with. No practice writes that one.
CREATE OR REPLACE FUNCTION wall_invitations()
RETURNS TABLE (invitation uuid, practice uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF wall_kind() = 'self' THEN RETURN QUERY
    SELECT i.id, i.practice_id FROM accounts_invitation i
      JOIN accounts_user u ON lower(u.email) = lower(i.email)
    WHERE u.id = wall_id('self') AND i.accepted_at IS NULL AND i.replaced_at IS NULL;
  END IF;
END $$;

-- Whose one-time keys a scope works with.
CREATE OR REPLACE FUNCTION wall_actors() RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  CASE wall_kind()
    WHEN 'practice' THEN RETURN QUERY
      SELECT 'user:' || a.user_id FROM accounts_administration a
      WHERE a.practice_id = wall_id('practice') AND a.until_at IS NULL
      UNION SELECT 'token:' || t.id FROM accounts_apitoken t
      WHERE t.practice_id = wall_id('practice');
    WHEN 'self' THEN RETURN NEXT 'user:' || wall_key('self');
    WHEN 'staff' THEN RETURN QUERY
      SELECT 'user:' || r.user_id FROM accounts_staffrole r
      WHERE r.program = wall_key('staff') AND r.until_at IS NULL
      UNION SELECT 'body-token:' || t.id FROM accounts_bodytoken t
      WHERE t.program = wall_key('staff');
    ELSE RETURN;
  END CASE;
END $$;

-- The certificate whose number somebody asks for, and what took its place.
CREATE OR REPLACE FUNCTION wall_asked_for() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF wall_kind() = 'public' THEN RETURN QUERY
    SELECT c.id FROM certificates_certificate c WHERE c.number = wall_key('public')
    UNION SELECT e.replaced_by_id FROM certificates_certificate c
      JOIN certificates_certificateevent e ON e.certificate_id = c.id
    WHERE c.number = wall_key('public') AND e.replaced_by_id IS NOT NULL;
  END IF;
END $$;

CREATE OR REPLACE FUNCTION wall_asked_about() RETURNS TABLE (member uuid, program text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF wall_kind() = 'public' THEN RETURN QUERY
    SELECT c.member_id, c.program::text FROM certificates_certificate c
    WHERE c.number = wall_key('public');
  END IF;
END $$;

-- Credentials that fit all that the public names of them: the number and the last name,
-- or both names and the credential. Names are folded as `plain_name` folds them.
CREATE OR REPLACE FUNCTION wall_reported()
RETURNS TABLE (certification uuid, member uuid, program text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF wall_kind() = 'report' AND wall_key('report') <> '' THEN RETURN QUERY
    WITH asked AS MATERIALIZED (
      SELECT a.number, a.code, plain_name(a.last, '') AS last,
        plain_name(a.last, a.first) AS whole
      FROM jsonb_to_recordset(wall_key('report')::jsonb)
        AS a(number text, last text, first text, code text))
    SELECT c.id, c.member_id, c.program::text FROM asked a
      JOIN credentials_certification c
        ON c.number = ANY (ARRAY[a.number, upper(a.number)])
      JOIN accounts_member m ON m.id = c.member_id
    WHERE a.number <> '' AND plain_name(m.last_name, '') = a.last
    UNION SELECT c.id, c.member_id, c.program::text FROM asked a
      JOIN accounts_member m ON plain_name(m.last_name, m.first_name) = a.whole
      JOIN credentials_certification c ON c.member_id = m.id AND c.code = a.code
    WHERE a.number = ''
    UNION SELECT c.id, c.member_id, c.program::text FROM wall_papers() p
      JOIN credentials_certification c ON c.id = p.certification;
  END IF;
END $$;

-- Papers whose number somebody names beside the last name: of which credential each is.
CREATE OR REPLACE FUNCTION wall_papers()
RETURNS TABLE (number text, certification uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF wall_kind() = 'report' AND wall_key('report') <> '' THEN RETURN QUERY
    SELECT t.number::text, t.certification_id
    FROM jsonb_to_recordset(wall_key('report')::jsonb) AS a(number text, last text)
      JOIN certificates_certificate t
        ON t.number = ANY (ARRAY[a.number, upper(a.number)])
      JOIN credentials_certification c ON c.id = t.certification_id
      JOIN accounts_member m ON m.id = c.member_id
    WHERE a.number <> '' AND plain_name(m.last_name, '') = plain_name(a.last, '');
  END IF;
END $$;

-- The badge whose address somebody has, while its holder shares it, and of whom it is.
CREATE OR REPLACE FUNCTION wall_badges()
RETURNS TABLE (badge uuid, certification uuid, member uuid, program text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF wall_kind() = 'badge' THEN RETURN QUERY
    SELECT b.id, b.certification_id, b.member_id, b.program::text
    FROM certificates_badge b
    WHERE b.id = wall_id('badge') AND b.withdrawn_at IS NULL;
  END IF;
END $$;
