import type { FC } from 'hono/jsx'
import { Card } from './fact.tsx'
import { Kind } from './parts.tsx'

/** A card where there is no fact to show: withdrawn, or never there. It says so in the place of the fact. */
export const NoticeCard: FC<{ title: string; words: string; withdrawn: boolean }> = ({
  title,
  words,
  withdrawn
}) => (
  <Card label={title} kind="notice">
    <div class="body">
      <Kind>
        {withdrawn && <span aria-hidden="true">× </span>}
        {title}
      </Kind>
      <p class="told">{words}</p>
    </div>
  </Card>
)
