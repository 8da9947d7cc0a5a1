/*
 * Bodies known around the world by their letters or a short name, so that one id serves articles that spell them out
 * and articles that do not. Only names that mean one body wherever news is read; national bodies that share letters
 * (a "Labour Party", an "FA") stay out. The first name is the one that entities go by: the letters where news hardly
 * ever spells them out.
 */
const TABLE = `
African Union|AU
ASEAN|Association of Southeast Asian Nations
Bank of England|BoE,BOE
Bank of Japan|BoJ,BOJ
BBC|British Broadcasting Corporation
CIA|C.I.A.,Central Intelligence Agency
European Central Bank|ECB
European Union|EU,E.U.
FBI|F.B.I.,Federal Bureau of Investigation
Federal Reserve|Fed,US Federal Reserve,U.S. Federal Reserve
G7|G-7,Group of Seven
G20|G-20,Group of 20,Group of Twenty
International Atomic Energy Agency|IAEA
International Criminal Court|ICC
International Energy Agency|IEA
International Monetary Fund|IMF,I.M.F.
International Olympic Committee|IOC
NATO|North Atlantic Treaty Organization,North Atlantic Treaty Organisation
OECD|Organisation for Economic Co-operation and Development,Organization for Economic Cooperation and Development
OPEC|Organization of the Petroleum Exporting Countries,Organisation of the Petroleum Exporting Countries
Securities and Exchange Commission|SEC,US Securities and Exchange Commission,U.S. Securities and Exchange Commission
United Nations|UN,U.N.
World Bank|
World Economic Forum|WEF
World Health Organization|WHO,W.H.O.,World Health Organisation
World Trade Organization|WTO,W.T.O.,World Trade Organisation`

export interface Institution {
  readonly name: string
  readonly aliases: readonly string[]
}

export const INSTITUTIONS: readonly Institution[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [name, aliases] = line.split('|')
    return { name, aliases: aliases ? aliases.split(',') : [] }
  })
