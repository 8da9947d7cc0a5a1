/*
 * Countries and a few territories as news writes them: the name that entities go by, other names, and demonyms
 * (adjective and people, singular). Names after Unicode CLDR where news uses them too. Demonyms are groups, never
 * places, and capitals are not names of governments here.
 */
export interface Country {
  readonly name: string
  readonly aliases: readonly string[]
  readonly demonyms: readonly string[]
}

/** One country a line: name | aliases | demonyms. */
const TABLE = `
Afghanistan|Islamic Emirate of Afghanistan,Islamic Republic of Afghanistan|Afghan,Afghani
Albania||Albanian
Algeria||Algerian
Andorra||Andorran
Angola||Angolan
Antigua and Barbuda|Antigua|Antiguan
Argentina|Argentine Republic|Argentine,Argentinian
Armenia||Armenian
Australia|Commonwealth of Australia|Australian,Aussie
Austria||Austrian
Azerbaijan||Azerbaijani,Azeri
Bahamas|The Bahamas|Bahamian
Bahrain||Bahraini
Bangladesh||Bangladeshi
Barbados||Barbadian
Belarus|Byelorussia|Belarusian,Belarussian
Belgium||Belgian
Belize||Belizean
Benin||Beninese
Bhutan||Bhutanese
Bolivia||Bolivian
Bosnia and Herzegovina|Bosnia,Bosnia-Herzegovina,Bosnia & Herzegovina|Bosnian,Herzegovinian
Botswana||Botswanan,Motswana
Brazil||Brazilian
Brunei|Brunei Darussalam|Bruneian
Bulgaria||Bulgarian
Burkina Faso||Burkinabe
Burundi||Burundian
Cambodia|Kampuchea|Cambodian
Cameroon||Cameroonian
Canada||Canadian
Cape Verde|Cabo Verde|Cape Verdean
Central African Republic|CAR|Central African
Chad||Chadian
Chile||Chilean
China|PRC,P.R.C.,People's Republic of China,Mainland China,mainland China|Chinese
Colombia||Colombian
Comoros||Comorian
Costa Rica||Costa Rican
Croatia||Croatian,Croat
Cuba||Cuban
Cyprus||Cypriot
Czech Republic|Czechia|Czech
Democratic Republic of the Congo|DRC,DR Congo,D.R. Congo,Democratic Republic of Congo,Congo-Kinshasa|Congolese
Denmark||Danish,Dane
Djibouti||Djiboutian
Dominica||
Dominican Republic||Dominican
East Timor|Timor-Leste,Timor Leste|Timorese
Ecuador||Ecuadorian,Ecuadorean
Egypt|Arab Republic of Egypt|Egyptian
El Salvador||Salvadoran,Salvadorean
Equatorial Guinea||Equatoguinean
Eritrea||Eritrean
Estonia||Estonian
Eswatini|Swaziland|Swazi
Ethiopia||Ethiopian
Fiji||Fijian
Finland||Finnish,Finn
France|French Republic|French,Frenchman,Frenchwoman
Gabon||Gabonese
Gambia|The Gambia|Gambian
Georgia||Georgian
Germany|Federal Republic of Germany|German
Ghana||Ghanaian
Greece|Hellenic Republic|Greek
Greenland||Greenlander,Greenlandic
Grenada||Grenadian
Guatemala||Guatemalan
Guinea|Guinea-Conakry|Guinean
Guinea-Bissau||
Guyana||Guyanese
Haiti||Haitian
Honduras||Honduran
Hong Kong|HKSAR|Hongkonger,Hong Konger
Hungary||Hungarian
Iceland||Icelandic,Icelander
India|Republic of India|Indian
Indonesia||Indonesian
Iran|Islamic Republic of Iran|Iranian
Iraq||Iraqi
Ireland|Republic of Ireland|Irish,Irishman,Irishwoman
Israel|State of Israel|Israeli
Italy||Italian
Ivory Coast|Cote d'Ivoire,Côte d'Ivoire|Ivorian
Jamaica||Jamaican
Japan||Japanese
Jordan|Hashemite Kingdom of Jordan|Jordanian
Kazakhstan||Kazakh,Kazakhstani
Kenya||Kenyan
Kiribati||
Kosovo||Kosovar,Kosovan
Kuwait||Kuwaiti
Kyrgyzstan|Kyrgyz Republic|Kyrgyz
Laos|Lao PDR|Laotian,Lao
Latvia||Latvian
Lebanon||Lebanese
Lesotho||Basotho
Liberia||Liberian
Libya||Libyan
Liechtenstein||
Lithuania||Lithuanian
Luxembourg||Luxembourger
Macau|Macao|Macanese
Madagascar||Malagasy,Madagascan
Malawi||Malawian
Malaysia||Malaysian
Maldives|The Maldives|Maldivian
Mali||Malian
Malta||Maltese
Marshall Islands||Marshallese
Mauritania||Mauritanian
Mauritius||Mauritian
Mexico||Mexican
Micronesia||Micronesian
Moldova||Moldovan
Monaco||Monegasque
Mongolia||Mongolian
Montenegro||Montenegrin
Morocco||Moroccan
Mozambique||Mozambican
Myanmar|Burma|Burmese
Namibia||Namibian
Nauru||Nauruan
Nepal||Nepalese,Nepali
Netherlands|The Netherlands,Holland|Dutch,Dutchman
New Zealand|Aotearoa|New Zealander,Kiwi
Nicaragua||Nicaraguan
Niger||Nigerien
Nigeria||Nigerian
North Korea|DPRK,D.P.R.K.,Democratic People's Republic of Korea|North Korean
North Macedonia|Macedonia|Macedonian
Norway||Norwegian
Oman||Omani
Pakistan|Islamic Republic of Pakistan|Pakistani
Palau||Palauan
Palestine|State of Palestine,Palestinian Territories,Palestinian territories|Palestinian
Panama||Panamanian
Papua New Guinea|PNG|
Paraguay||Paraguayan
Peru||Peruvian
Philippines|The Philippines|Filipino,Filipina,Philippine
Poland||Polish,Pole
Portugal||Portuguese
Puerto Rico||Puerto Rican
Qatar||Qatari
Republic of the Congo|Congo-Brazzaville,Congo Republic|
Romania||Romanian
Russia|Russian Federation|Russian
Rwanda||Rwandan
Saint Kitts and Nevis|St Kitts and Nevis,St. Kitts and Nevis|Kittitian
Saint Lucia|St Lucia,St. Lucia|
Saint Vincent and the Grenadines|St Vincent and the Grenadines,St. Vincent and the Grenadines|Vincentian
Samoa||Samoan
San Marino||
Sao Tome and Principe|São Tomé and Príncipe|
Saudi Arabia|Kingdom of Saudi Arabia,KSA|Saudi,Saudi Arabian
Senegal||Senegalese
Serbia||Serbian,Serb
Seychelles|The Seychelles|
Sierra Leone||Sierra Leonean
Singapore||Singaporean
Slovakia|Slovak Republic|Slovak,Slovakian
Slovenia||Slovenian,Slovene
Solomon Islands||
Somalia||Somali
South Africa|Republic of South Africa,RSA|South African
South Korea|ROK,R.O.K.,Republic of Korea|South Korean
South Sudan||South Sudanese
Soviet Union|USSR,U.S.S.R.|Soviet
Spain||Spanish,Spaniard
Sri Lanka|Ceylon|Sri Lankan
Sudan||Sudanese
Suriname||Surinamese
Sweden||Swedish,Swede
Switzerland|Swiss Confederation|Swiss
Syria|Syrian Arab Republic|Syrian
Taiwan|Republic of China|Taiwanese
Tajikistan||Tajik
Tanzania||Tanzanian
Thailand||Thai
Togo||Togolese
Tonga||Tongan
Trinidad and Tobago|Trinidad|Trinidadian
Tunisia||Tunisian
Turkey|Türkiye,Turkiye,Republic of Turkey,Republic of Türkiye|Turkish,Turk
Turkmenistan||Turkmen
Tuvalu||Tuvaluan
Uganda||Ugandan
Ukraine||Ukrainian
United Arab Emirates|UAE,U.A.E.|Emirati
United Kingdom|UK,U.K.,Britain,Great Britain,United Kingdom of Great Britain and Northern Ireland|British,Briton,Brit
United States|US,U.S.,USA,U.S.A.,United States of America,America,the States|American
Uruguay||Uruguayan
Uzbekistan||Uzbek
Vanuatu||
Vatican City|Vatican,Holy See|
Venezuela|Bolivarian Republic of Venezuela|Venezuelan
Vietnam|Viet Nam,Socialist Republic of Vietnam|Vietnamese
Western Sahara||Sahrawi
Yemen||Yemeni
Zambia||Zambian
Zimbabwe||Zimbabwean`

const list = (field: string | undefined): string[] => (field ? field.split(',') : [])

export const COUNTRIES: readonly Country[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [name, aliases, demonyms] = line.split('|')
    return { name, aliases: list(aliases), demonyms: list(demonyms) }
  })

/** Demonyms of parts of the world, peoples, faiths and regions: adjectives of groups that no country has for itself. */
export const OTHER_DEMONYMS: readonly string[] = (
  'African Arab Asian European Latin Scottish Welsh English Catalan Basque Kurdish Kurd Tibetan Uyghur Uighur Hispanic ' +
  'Latino Muslim Christian Jewish Jew Hindu Sikh Buddhist Catholic Protestant Orthodox Sunni Shiite Shia Islamic Islamist ' +
  'Hutu Tutsi Pashtun Tamil Bengali Punjabi Rohingya Tatar Chechen Roma Crimean Scandinavian Nordic Baltic Balkan Persian ' +
  'Western Eastern Caribbean Mediterranean Anglo Slavic Ottoman Nazi Communist Maoist Marxist Zionist Republican Democrat ' +
  'Democratic Tory Conservative Labour Liberal'
).split(' ')
