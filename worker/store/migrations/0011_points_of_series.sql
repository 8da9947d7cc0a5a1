-- Figures stand in their series at the point that they are one of: months that make a quarter or a year at its name, a change
-- between two months at the second. So all figures of a point stand together, and points in their order.
UPDATE dated SET at = CASE
  WHEN substr(at, 9, 4) * 12 + substr(at, 14, 2) = substr(at, 1, 4) * 12 + substr(at, 6, 2) + 1
    THEN CASE WHEN EXISTS (SELECT 1 FROM facts f WHERE f.seq = dated.seq
      AND (f.body ->> '$.change' IS NOT NULL OR f.body ->> '$.basis' IS NOT NULL)) THEN substr(at, 9) ELSE at END
  WHEN substr(at, 1, 4) <> substr(at, 9, 4) THEN at
  WHEN substr(at, 6, 2) = '01' AND substr(at, 14, 2) = '12' THEN substr(at, 1, 4)
  WHEN substr(at, 6, 2) IN ('01', '04', '07', '10') AND substr(at, 14, 2) - substr(at, 6, 2) = 2
    THEN substr(at, 1, 4) || '-Q' || ((substr(at, 6, 2) + 2) / 3)
  ELSE at END
WHERE list >= 'series:' AND list < 'series;'
  AND at GLOB '????-??/????-??' AND at NOT GLOB '*[^-/0-9]*';
